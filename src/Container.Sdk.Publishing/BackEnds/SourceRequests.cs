using Container.Sdk.Sources;

namespace Container.Sdk.Publishing;

/// <summary>From a project's request to what reading its sources needs.</summary>
internal static class SourceRequests
{
    public static SourceRequest Of(ContainerRequest request) => new()
    {
        ProjectName = request.Project.Name,
        ProjectFile = request.Project.File,
        ExtensionsPath = request.Compilation.ExtensionsPath,
        SolutionPath = request.Compilation.SolutionPath.Length == 0 ? null : request.Compilation.SolutionPath,
        BuildImage = request.Compilation.BuildImage,
        Configuration = request.Compilation.Configuration,
        TargetFramework = request.Project.TargetFramework,
        HasSeveralFrameworks = request.Compilation.HasSeveralFrameworks,
        LibrarySources = request.Compilation.LibrarySources,
        GivenProperties = request.Compilation.GivenProperties,
        ToolFolders = request.Compilation.ToolFolders,
        IsAot = request.Project.IsNative,
        HasStaticAssets = request.Compilation.HasStaticAssets,
        IsRelease = request.Compilation.IsRelease,
    };
}
