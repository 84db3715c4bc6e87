using System.Collections.Immutable;
using System.Xml.Linq;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>Where packages come from, and how each place is reached in a container.</summary>
/// <param name="root">The folder that the builder reads from.</param>
/// <param name="project">The app's folder.</param>
/// <param name="graph">What restore knew.</param>
internal sealed class PackageFeeds(string root, string project, RestoreGraph graph)
{
    private ImmutableArray<NuGetConfig> _configs;

    /// <summary>All configurations that count, the nearest first.</summary>
    public ImmutableArray<NuGetConfig> Configs => _configs.IsDefault ? _configs = [.. graph.ConfigFiles.Where(File.Exists).Select(NuGetConfig.Read)] : _configs;

    /// <summary>Those in the repository, which the projects see in the container too.</summary>
    public IEnumerable<NuGetConfig> InnerConfigs => Configs.Where(IsInner);

    /// <summary>Those of the user and of the machine.</summary>
    public IEnumerable<NuGetConfig> OuterConfigs => Configs.Where(c => !IsInner(c));

    /// <summary>Names and addresses of the sources that are reached over a network.</summary>
    public IEnumerable<(string Name, string Address)> Used => Configs.SelectMany(c => c.Sources).Where(s => !NuGetConfig.IsFolder(s.Value) && IsUsed(s.Value)).Select(s => (s.Name, s.Value)).Distinct();

    /// <summary>The sources that only the user's or the machine's configuration names, with their values in the container.</summary>
    public IEnumerable<(string Value, XElement Element)> Outer => OuterConfigs.SelectMany(c => c.Sources).Where(s => IsUsed(s.Value)).DistinctBy(s => s.Name)
        .Select(s => (NuGetConfig.IsFolder(s.Value) ? OuterFolder(s.Name) : s.Value, s.Element));

    /// <summary>Sources that are folders of the repository; absolute.</summary>
    public IEnumerable<string> InnerFolders =>
        Folders(InnerConfigs).Where(TravelsWithSources).Select(f => f.Folder).Concat(Unnamed.Where(f => SourcePlanner.IsIn(root, f))).Distinct();

    /// <summary>Sources that are folders elsewhere.</summary>
    public ImmutableArray<FolderFeed> OuterFolders()
    {
        var folders = Folders(InnerConfigs).Where(f => !TravelsWithSources(f)).Select(f => (f.Name, f.Folder, Target: InContainer(f.Config, f.Folder, f.Written)))
            .Concat(Folders(OuterConfigs).Select(f => (f.Name, f.Folder, Target: OuterFolder(f.Name))))
            .Concat(Unnamed.Where(f => !SourcePlanner.IsIn(root, f)).Select(f => (Name: Path.GetFileName(f), Folder: f, Target: f))).DistinctBy(f => f.Target).ToList();
        var names = SourceNames.Unique(folders.Select(f => (f.Target, $"feed-{f.Name}")));
        return [.. folders.Select(f => new FolderFeed(names[f.Target], f.Folder, f.Target)).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    // The sources lie elsewhere in a container; only what is written as relative is found there too.
    private bool TravelsWithSources((string Name, string Folder, NuGetConfig Config, string Written) feed) =>
        SourcePlanner.IsIn(root, feed.Folder) && !Path.IsPathRooted(NuGetConfig.Expand(feed.Written));

    // A project may name sources itself, by RestoreSources or RestoreAdditionalProjectSources; so does the SDK, whose folder the container has.
    private IEnumerable<string> Unnamed => graph.Sources.Where(s => NuGetConfig.IsFolder(s) && Directory.Exists(s) && Path.GetFileName(Path.TrimEndingDirectorySeparator(s)) != "library-packs").Select(Path.TrimEndingDirectorySeparator)
        .Except(Configs.SelectMany(c => c.Sources).Select(s => s.Value));

    // The places of this machine mean nothing in the container, where the configuration is written anew.
    private static string OuterFolder(string name) => $"/feeds/{SourceNames.Slug(name)}";

    private IEnumerable<(string Name, string Folder, NuGetConfig Config, string Written)> Folders(IEnumerable<NuGetConfig> configs) =>
        from config in configs
        from source in config.Sources
        where NuGetConfig.IsFolder(source.Value) && IsUsed(source.Value) && Directory.Exists(source.Value)
        select (source.Name, source.Value, config, source.Element.Attribute("value")!.Value);

    // A folder that is written as relative is looked for from where the configuration lies, and that is elsewhere in the container.
    private string InContainer(NuGetConfig config, string folder, string written) =>
        Path.IsPathRooted(NuGetConfig.Expand(written)) ? folder
        : ContainerPath($"{SourceNames.Root}/{Path.GetRelativePath(root, Path.GetDirectoryName(config.File)!)}/{written}");

    private static string ContainerPath(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split('/').Where(p => p is not ("" or ".")))
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        return "/" + string.Join('/', parts);
    }

    private bool IsUsed(string value) => graph.Sources.Any(s => s == value || (NuGetConfig.IsFolder(s) && Path.TrimEndingDirectorySeparator(s) == value));

    private bool IsInner(NuGetConfig config) => SourcePlanner.IsIn(root, config.File) && SourcePlanner.IsIn(Path.GetDirectoryName(config.File)!, project + Path.DirectorySeparatorChar);
}
