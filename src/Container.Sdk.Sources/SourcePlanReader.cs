using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>Finds out what has to be in a container for a project to be compiled there: projects, the files that they see, package sources. Nothing is compiled here.</summary>
public static class SourcePlanReader
{
    /// <summary>Reads a restored project and all that it refers to. No secret is in the plan.</summary>
    /// <param name="request">The project.</param>
    /// <param name="reporter">Told of properties that the container does not get.</param>
    /// <exception cref="ContainerException">
    /// <see cref="Diagnostics.SourcesNotRestored"/>, <see cref="Diagnostics.SourceNotRead"/> or <see cref="Diagnostics.SourceOutside"/>, or the code of a malformed library source.
    /// </exception>
    public static SourcePlan Read(SourceRequest request, IReporter reporter)
    {
        var restored = RestoreOutput.Read(request.ProjectFile, request.ExtensionsPath);
        var properties = PassedProperties.Choose(request.GivenProperties, restoresLibraryImages: request.LibrarySources.Length > 0);
        if (properties.Dropped.Length > 0) reporter.Progress($"the container does not get these properties of the command line: {string.Join(", ", properties.Dropped)}");

        using var evaluation = new ProjectEvaluation(properties.ForEvaluation, [.. request.ToolFolders.Concat(restored.PackageFolders).Where(f => f.Length > 0).Select(Path.GetFullPath)]);
        var facts = ProjectGraph.Read(request.ProjectFile, request.TargetFramework, evaluation, restored);
        var projectFolder = Path.GetDirectoryName(request.ProjectFile)!;
        var root = Root(request, projectFolder, facts, restored);
        var configurations = NuGetConfigurations.Read(root, projectFolder, restored);
        var feeds = new PackageFeeds(root, configurations, restored);
        var libraries = LibraryRegistries.Of(request.LibrarySources, root);
        var planner = new SourcePlanner(root, facts);
        var folders = facts.Keys.Select(f => Path.GetDirectoryName(f)!).Distinct().ToList();
        var secretConfigs = SecretConfigs(root, folders, configurations);
        return new SourcePlan
        {
            Name = request.ProjectName,
            Root = root,
            Projects = planner.Projects(request.ProjectFile, [.. folders.SelectMany(FilesAbove.Locks)]),
            Shared = Sorted(folders.SelectMany(f => FilesAbove.ForRestore(f, root)).Concat(configurations.InnerFiles.Except(secretConfigs)).Select(Relative)
                .Concat(planner.SharedImports()).Concat(feeds.InnerFolders.Select(f => Relative(f) + "/"))),
            CompilerFiles = Sorted(folders.SelectMany(f => FilesAbove.ForCompiler(f, root)).Select(Relative)),
            BuildImage = request.BuildImage,
            // Native code is compiled for the platform that the compiler runs on.
            CrossCompiles = !request.IsAot && (properties.ForEvaluation.ContainsKey("RuntimeIdentifier") || properties.ForEvaluation.ContainsKey("ContainerRuntimeIdentifier")),
            // A solution gives its configuration to every project, whether or not the command line has one.
            Configuration = request.IsRelease && (request.SolutionPath is not null || !properties.ForEvaluation.ContainsKey("Configuration")) ? "Release" : request.Configuration,
            Framework = request.HasSeveralFrameworks ? request.TargetFramework : null,
            HasStaticAssets = request.HasStaticAssets,
            Properties = properties.ForContainer,
            Feeds = [.. feeds.OuterFolders(), .. libraries.Folders],
            Registries = libraries.Hosts,
            SecretConfigs = [.. SourceNames.Unique(secretConfigs.Select(Relative).Select(f => (f, $"nuget-{Path.GetDirectoryName(f)}")))
                .Select(c => new SecretConfig(c.Value, c.Key)).OrderBy(c => c.File, StringComparer.Ordinal)],
        };

        string Relative(string path) => planner.Relative(request.ProjectFile, path);
    }

    // Also those that only a referenced project reads, or nobody: they lie in folders that are copied.
    private static List<string> SecretConfigs(string root, IEnumerable<string> folders, NuGetConfigurations configurations) =>
        [.. configurations.InnerFiles.Concat(SourceFiles.NuGetConfigsBelow(root, folders)).Distinct(StringComparer.Ordinal).Where(f => NuGetConfigFile.Read(f).HasCredentials)];

    private static string Root(SourceRequest request, string projectFolder, IReadOnlyDictionary<string, SourceFacts> facts, RestoreOutput restored)
    {
        string[] seen =
        [
            .. facts.Keys, .. facts.Values.SelectMany(f => f.Imports),
            .. restored.ConfigFiles.Where(c => SourcePlanner.IsIn(Path.GetDirectoryName(c)!, projectFolder + Path.DirectorySeparatorChar)),
            .. FilesAbove.FolderWith("global.json", projectFolder) is { } folder ? (string[])[Path.Combine(folder, "global.json")] : [],
        ];
        return SourceRoot.Choose(FilesAbove.FolderWith(".git", projectFolder), Path.GetDirectoryName(request.SolutionPath), seen);
    }

    private static ImmutableArray<string> Sorted(IEnumerable<string> paths) => [.. paths.Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>The registries from which restore in a container takes library images.</summary>
/// <param name="Hosts">Those that are reached over a network, in order.</param>
/// <param name="Folders">Those that are folders (<c>oci:FOLDER</c>) of this machine, and where the container sees them.</param>
internal sealed record LibraryRegistries(ImmutableArray<string> Hosts, ImmutableArray<FolderFeed> Folders)
{
    /// <summary>The registries that library sources name. A folder that is not there is left out.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="root">The folder that the container sees as <see cref="SourceNames.Root"/>; absolute.</param>
    public static LibraryRegistries Of(ImmutableArray<LibrarySource> sources, string root)
    {
        // For each package a source has another repository, in the same registry.
        var repositories = sources.Select(s => s.PlaceOf(PackageId.Parse("id"))).ToList();
        var folders = repositories.OfType<LayoutRepository>().Select(l => l.Folder).Distinct().Where(Directory.Exists).Order(StringComparer.Ordinal);
        return new LibraryRegistries(
            [.. repositories.OfType<HostRepository>().Select(h => h.Host.Value).Distinct().Order(StringComparer.Ordinal)],
            [.. folders.Select((f, i) => new FolderFeed($"libraries-{i + 1}", f, InContainer(f, root)))]);
    }

    private static string InContainer(string folder, string root) =>
        SourcePlanner.IsIn(root, folder) ? $"{SourceNames.Root}/{Path.GetRelativePath(root, folder).Replace('\\', '/')}" : folder;
}
