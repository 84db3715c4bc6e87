using System.Collections.Immutable;
using System.Text.Json;
using NuGet.Frameworks;
using NuGet.ProjectModel;

namespace Container.Sdk.Sources;

/// <summary>
/// What NuGet's restore wrote into a project's <c>obj</c> folder: the package sources and configurations that it used, and the frameworks that
/// it chose of referenced projects.
/// </summary>
internal sealed class RestoreOutput
{
    private readonly LockFile _assets;
    private readonly string _folder;

    private RestoreOutput(ProjectRestoreMetadata restore, LockFile assets, string folder)
    {
        (_assets, _folder) = (assets, folder);
        ConfigFiles = [.. restore.ConfigFilePaths];
        Sources = [.. restore.Sources.Select(s => s.Source)];
        PackageFolders = [.. restore.FallbackFolders, .. string.IsNullOrEmpty(restore.PackagesPath) ? (string[])[] : [restore.PackagesPath]];
    }

    /// <summary>The NuGet configurations, the nearest first; absolute.</summary>
    public ImmutableArray<string> ConfigFiles { get; }

    /// <summary>The package sources: addresses and absolute folders.</summary>
    public ImmutableArray<string> Sources { get; }

    /// <summary>The folders that packages are expanded to; absolute.</summary>
    public ImmutableArray<string> PackageFolders { get; }

    /// <summary>Reads what restore wrote for a project.</summary>
    /// <param name="project">The project file; absolute.</param>
    /// <param name="extensionsPath">The project's <c>obj</c> folder; absolute.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourcesNotRestored"/></exception>
    public static RestoreOutput Read(string project, string extensionsPath)
    {
        var name = Path.GetFileName(project);
        try
        {
            var graph = DependencyGraphSpec.Load(Path.Combine(extensionsPath, DependencyGraphSpec.GetDGSpecFileName(name)));
            var restore = graph.GetProjectSpec(project)?.RestoreMetadata ?? throw new InvalidDataException($"{name} is not in its own graph");
            return new RestoreOutput(restore, ReadAssets(Path.Combine(extensionsPath, LockFileFormat.AssetsFileName)), Path.GetDirectoryName(project)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or FileFormatException)
        {
            throw Diagnostics.SourcesNotRestored.Error(e, Path.GetFileNameWithoutExtension(project), e.Message.TrimEnd('.'));
        }
    }

    /// <summary>The framework that restore chose of a referenced project, as NuGet names it (<c>.NETCoreApp,Version=v10.0</c>); empty where it did not.</summary>
    /// <param name="project">The project file; absolute.</param>
    /// <param name="framework">The framework that the app is published for, as the app's project names it.</param>
    public string FrameworkOf(string project, string framework)
    {
        if (_assets.Libraries.FirstOrDefault(l => l.MSBuildProject is { } path && Path.GetFullPath(path, _folder) == project) is not { } library) return "";
        return _assets.Targets.OrderByDescending(t => IsFor(t, framework))
            .Select(t => t.Libraries.FirstOrDefault(l => l.Name == library.Name && l.Version == library.Version)?.Framework).FirstOrDefault(f => f is not null) ?? "";
    }

    // A newer restore names a target as the project does, an older one as NuGet does.
    private static bool IsFor(LockFileTarget target, string framework) => target.TargetAlias == framework || (framework.Length > 0 && NuGetFramework.Parse(framework).Equals(target.TargetFramework));

    // NuGet logs what is wrong with the file, and returns an empty one with a version that none has.
    private static LockFile ReadAssets(string file)
    {
        var assets = new LockFileFormat().Read(file);
        return assets.Version > 0 ? assets : throw new InvalidDataException($"{file} cannot be read");
    }
}
