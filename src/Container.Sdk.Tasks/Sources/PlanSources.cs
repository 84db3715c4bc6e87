using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From a project that was restored to <c>sources.json</c>: what is compiled in a container, and from what. Nothing is compiled here.</summary>
public sealed class PlanSources : ContainerTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string ProjectFile { get; set; } = "";
    [Required] public string SourcesFile { get; set; } = "";
    [Required] public string ExtensionsPath { get; set; } = "";
    [Required] public string BuildImage { get; set; } = "";
    public string SolutionPath { get; set; } = "";
    public string Configuration { get; set; } = "";
    public string TargetFramework { get; set; } = "";
    public string TargetFrameworks { get; set; } = "";
    public string RuntimeIdentifier { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];
    public string LockFilePath { get; set; } = "";
    public string LockedMode { get; set; } = "";
    public bool IsAot { get; set; }
    public bool HasStaticAssets { get; set; }

    /// <summary>Whether dotnet publish would take Release: a Dockerfile is not for another configuration only because another command writes it.</summary>
    public bool IsRelease { get; set; }

    /// <summary>Folders of the .NET SDK and of this one.</summary>
    public string[] ToolFolders { get; set; } = [];
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var graph = RestoreGraph.Read(ProjectFile, ExtensionsPath);
        var given = GlobalProperties.Read(BuildEngine, LibrarySources.Length > 0);
        if (given.Dropped.Count > 0) Progress($"the container does not get these properties of the command line: {string.Join(", ", given.Dropped)}");

        using var evaluation = new ProjectEvaluation(given.All, [.. ToolFolders.Concat(graph.PackageFolders).Where(f => f.Length > 0).Select(Path.GetFullPath)]);
        var facts = new SourceCollection(evaluation, graph).Collect(ProjectFile, TargetFramework);
        var root = Root(facts, graph);
        var feeds = new PackageFeeds(root, Path.GetDirectoryName(ProjectFile)!, graph);
        var planner = new SourcePlanner(root, facts);
        var folders = facts.Keys.Select(f => Path.GetDirectoryName(f)!).Distinct().ToList();
        // Also those that only a referenced project sees, or nobody: they lie in folders that are copied.
        var secret = feeds.InnerConfigs.Concat(SourceFiles.ConfigsBelow(root, folders).Select(NuGetConfig.Read))
            .Where(c => c.HasCredentials).Select(c => c.File).Distinct(StringComparer.Ordinal).ToList();
        var shared = folders.SelectMany(f => SeenFiles.ForRestore(f, root)).Concat(feeds.InnerConfigs.Select(c => c.File).Except(secret))
            .Select(f => planner.Relative(ProjectFile, f))
            .Concat(planner.SharedImports()).Concat(feeds.InnerFolders.Select(f => planner.Relative(ProjectFile, f) + "/"));

        // Native code is compiled for the platform that the compiler runs on.
        var crosses = given.All.Keys.Any(k => k is "RuntimeIdentifier" or "ContainerRuntimeIdentifier") && !IsAot;
        var libraries = LibraryPlaces.Read(LibrarySources, Path.GetDirectoryName(ProjectFile)!, root);
        var plan = new SourcePlan
        {
            Name = ProjectName,
            Root = root,
            Projects = planner.Projects(ProjectFile, [.. folders.SelectMany(SeenFiles.Locks)]),
            Shared = [.. shared.Distinct().Order(StringComparer.Ordinal)],
            CompilerFiles = [.. folders.SelectMany(f => SeenFiles.ForCompiler(f, root)).Select(f => planner.Relative(ProjectFile, f)).Distinct().Order(StringComparer.Ordinal)],
            BuildImage = crosses ? BuildImage : PinnedBuildImage(),
            CrossCompiles = crosses,
            Configuration = IsRelease && (IsInSolution || !given.All.ContainsKey("Configuration")) ? "Release" : Configuration,
            Framework = TargetFrameworks.Length > 0 ? TargetFramework : null,
            HasStaticAssets = HasStaticAssets,
            Properties = given.Passed,
            Feeds = [.. feeds.OuterFolders(), .. libraries.Folders],
            Registries = libraries.Registries,
            SecretConfigs = [.. SourceNames.Unique(secret.Select(f => (File: planner.Relative(ProjectFile, f), $"nuget-{Path.GetDirectoryName(planner.Relative(ProjectFile, f))}")))
                .Select(c => new SecretConfig(c.Value, c.Key)).OrderBy(c => c.File, StringComparer.Ordinal)],
        };
        AtomicFile.Write(SourcesFile, Encoding.UTF8.GetBytes(SourcePlanFile.Write(plan)), durable: false);
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private bool IsInSolution => SolutionPath is not ("" or "*Undefined*");

    private string Root(IReadOnlyDictionary<string, SourceFacts> facts, RestoreGraph graph)
    {
        var folder = Path.GetDirectoryName(ProjectFile)!;
        string[] seen =
        [
            .. facts.Keys, .. facts.Values.SelectMany(f => f.Imports),
            .. graph.ConfigFiles.Where(c => SourcePlanner.IsIn(Path.GetDirectoryName(c)!, folder + Path.DirectorySeparatorChar)),
            .. SeenFiles.Above(folder, "global.json") is { } above ? (string[])[Path.Combine(above, "global.json")] : [],
        ];
        return SourceRoot.Choose(SeenFiles.Above(folder, ".git"), !IsInSolution ? null : Path.GetDirectoryName(SolutionPath), seen);
    }

    // What is locked is of the image's platform: it is no use where the toolchain runs on the builder's own, whichever that is.
    private string PinnedBuildImage()
    {
        var image = ImageReference.Parse(BuildImage, Path.GetDirectoryName(ProjectFile)!);
        return LockedBase.Of(image, Platform.FromRuntimeIdentifier(RuntimeIdentifier), LockFilePath, isLocked: LockedMode.Equals("true", StringComparison.OrdinalIgnoreCase)) is var pinned && pinned != image ? pinned.ToString()! : BuildImage;
    }
}
