using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From a project that was restored to <c>sources.json</c>: what is compiled in a container, and from what. Nothing is compiled here.</summary>
public sealed partial class PlanSources : ContainerTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string ProjectFile { get; set; } = "";
    [Required] public string SourcesFile { get; set; } = "";
    [Required] public string ExtensionsPath { get; set; } = "";
    [Required] public string BuildImage { get; set; } = "";
    public string SolutionPath { get; set; } = "";
    public string BuildPackages { get; set; } = "";
    public string Configuration { get; set; } = "";
    public string TargetFramework { get; set; } = "";
    public string TargetFrameworks { get; set; } = "";
    public string RuntimeIdentifier { get; set; } = "";
    public string LockFilePath { get; set; } = "";
    public string LockedMode { get; set; } = "";
    public bool IsAot { get; set; }
    public bool HasStaticAssets { get; set; }
    public bool PublishesRelease { get; set; }

    /// <summary>Folders of the .NET SDK and of this one.</summary>
    public string[] ToolFolders { get; set; } = [];
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var graph = RestoreGraph.Read(ProjectFile, ExtensionsPath);
        var given = GlobalProperties.Read(BuildEngine);
        if (given.Dropped.Count > 0) Detail($"{ProjectName}: not passed on to the build container: {string.Join(", ", given.Dropped)}");

        using var evaluation = new ProjectEvaluation(given.All, [.. ToolFolders.Concat(graph.PackageFolders).Where(f => f.Length > 0).Select(Path.GetFullPath)]);
        var facts = new SourceCollection(evaluation, graph).Collect(ProjectFile, TargetFramework);
        var root = Root(facts, graph);
        var feeds = new PackageFeeds(root, Path.GetDirectoryName(ProjectFile)!, graph);
        var planner = new SourcePlanner(root, facts);
        var folders = facts.Keys.Select(f => Path.GetDirectoryName(f)!).Distinct().ToList();
        var secret = feeds.InnerConfigs.Where(c => c.HasCredentials).Select(c => c.File).ToList();
        var shared = folders.SelectMany(f => SeenFiles.ForRestore(f, root)).Concat(feeds.InnerConfigs.Select(c => c.File).Except(secret))
            .Select(f => planner.Relative(ProjectFile, f))
            .Concat(planner.SharedImports()).Concat(feeds.InnerFolders.Select(f => planner.Relative(ProjectFile, f) + "/"));

        var plan = new SourcePlan
        {
            Name = ProjectName,
            Root = root,
            Projects = planner.Projects(ProjectFile, [.. folders.SelectMany(SeenFiles.Locks)]),
            Shared = [.. shared.Distinct().Order(StringComparer.Ordinal)],
            CompilerFiles = [.. folders.SelectMany(f => SeenFiles.ForCompiler(f, root)).Select(f => planner.Relative(ProjectFile, f)).Distinct().Order(StringComparer.Ordinal)],
            BuildImage = PinnedBuildImage(),
            CrossCompiles = given.All.Keys.Any(k => k is "RuntimeIdentifier" or "ContainerRuntimeIdentifier") && !IsAot,
            BuildPackages = Packages(),
            Configuration = given.ConfigurationToPublish(Configuration, PublishesRelease),
            Framework = TargetFrameworks.Length > 0 ? TargetFramework : null,
            HasStaticAssets = HasStaticAssets,
            Properties = given.Passed,
            Feeds = feeds.OuterFolders(),
            SecretConfigs = [.. SourceNames.Unique(secret.Select(f => (File: planner.Relative(ProjectFile, f), $"nuget-{Path.GetDirectoryName(planner.Relative(ProjectFile, f))}")))
                .Select(c => new SecretConfig(c.Value, c.Key)).OrderBy(c => c.File, StringComparer.Ordinal)],
        };
        AtomicFile.Write(SourcesFile, Encoding.UTF8.GetBytes(SourcePlanFile.Write(plan)), durable: false);
        return System.Threading.Tasks.Task.CompletedTask;
    }

    // They are read by a shell: so they have nothing for one.
    private ImmutableArray<string> Packages()
    {
        var names = BuildPackages.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return names.FirstOrDefault(n => !PackageName().IsMatch(n)) is { } wrong ? throw Diagnostics.InvalidBuildPackage.Error(wrong) : [.. names.Distinct().Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.+:_-]*(=[A-Za-z0-9.+:~_-]+)?\z")]
    private static partial Regex PackageName();

    private string Root(IReadOnlyDictionary<string, SourceFacts> facts, RestoreGraph graph)
    {
        var folder = Path.GetDirectoryName(ProjectFile)!;
        string[] seen =
        [
            .. facts.Keys, .. facts.Values.SelectMany(f => f.Imports),
            .. graph.ConfigFiles.Where(c => SourcePlanner.IsIn(Path.GetDirectoryName(c)!, folder + Path.DirectorySeparatorChar)),
            .. SeenFiles.Above(folder, "global.json") is { } above ? (string[])[Path.Combine(above, "global.json")] : [],
        ];
        return SourceRoot.Choose(SeenFiles.Above(folder, ".git"), SolutionPath is "" or "*Undefined*" ? null : Path.GetDirectoryName(SolutionPath), seen);
    }

    // The toolchain runs on the builder's platform, which this machine does not know; what is locked is for the image's.
    private string PinnedBuildImage()
    {
        var image = ImageReference.Parse(BuildImage, Path.GetDirectoryName(ProjectFile)!);
        return LockedBase.Of(image, Platform.FromRuntimeIdentifier(RuntimeIdentifier), LockFilePath, isLocked: LockedMode.Equals("true", StringComparison.OrdinalIgnoreCase)) is var pinned && pinned != image ? pinned.ToString()! : BuildImage;
    }
}
