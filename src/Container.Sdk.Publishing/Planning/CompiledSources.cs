using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Sources;

namespace Container.Sdk.Publishing;

/// <summary>What a container has to be given to compile a project.</summary>
internal static class CompiledSources
{
    /// <summary>Reads the restored project, its references and its package sources.</summary>
    /// <param name="request">The project.</param>
    /// <param name="reporter">Told what the container does not get.</param>
    /// <exception cref="ContainerException">See <see cref="SourcePlanReader"/>.</exception>
    public static SourcePlan Read(ContainerRequest request, IReporter reporter)
    {
        var plan = SourcePlanReader.Read(ToSourceRequest(request), reporter);
        if (plan.CrossCompiles) return plan;
        // What is locked is of the image's platform: it is no use where the toolchain runs on the builder's own, whichever that is.
        var image = ImageReference.Parse(plan.BuildImage, request.Project.Folder);
        return request.Lock.Pin(image, request.Platform) is var pinned && pinned != image ? plan with { BuildImage = pinned.ToString() } : plan;
    }

    private static SourceRequest ToSourceRequest(ContainerRequest request) => new()
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
