using System.Collections.Immutable;
using System.Xml.Linq;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>How the package sources of a project are reached in a container.</summary>
/// <param name="root">The folder that the container sees as <see cref="SourceNames.Root"/>; absolute.</param>
/// <param name="configurations">The NuGet configurations.</param>
/// <param name="restored">What restore used.</param>
internal sealed class PackageFeeds(string root, NuGetConfigurations configurations, RestoreOutput restored)
{
    /// <summary>Package sources that are folders of the root, and that the container finds with the sources; absolute.</summary>
    public IEnumerable<string> InnerFolders => InnerFeeds.Where(ComesWithSources).Select(f => f.Place).Concat(UnnamedFolders.Where(f => SourcePlanner.IsIn(root, f))).Distinct();

    /// <summary>The outer package sources as elements of a configuration for the container.</summary>
    public IEnumerable<XElement> OuterSources => configurations.OuterFeeds.Select(feed =>
    {
        var element = new XElement(NuGetConfigFile.Read(feed.ConfigFile).Source(feed.Name) ?? new XElement("add", new XAttribute("key", feed.Name)));
        element.SetAttributeValue("value", feed.IsFolder ? OuterFolder(feed) : feed.Place);
        return element;
    });

    private IEnumerable<ConfiguredFeed> InnerFeeds => configurations.Feeds.Where(f => configurations.InnerFiles.Contains(f.ConfigFile) && f.IsFolder && Directory.Exists(f.Place));

    // A project may name folders itself (RestoreSources, RestoreAdditionalProjectSources). So does the .NET SDK, whose library-packs the container has.
    private IEnumerable<string> UnnamedFolders => restored.Sources.Select(ConfiguredFeed.Normalize)
        .Where(s => ConfiguredFeed.IsFolderPlace(s) && Directory.Exists(s) && Path.GetFileName(s) != "library-packs").Except(configurations.Feeds.Select(f => f.Place));

    /// <summary>Package sources that are folders of this machine, and that do not come with the sources.</summary>
    public ImmutableArray<FolderFeed> OuterFolders()
    {
        var folders = InnerFeeds.Where(f => !ComesWithSources(f)).Select(f => (f.Name, Folder: f.Place, Target: Expected(f)))
            .Concat(configurations.OuterFeeds.Where(f => f.IsFolder && Directory.Exists(f.Place)).Select(f => (f.Name, Folder: f.Place, Target: OuterFolder(f))))
            .Concat(UnnamedFolders.Where(f => !SourcePlanner.IsIn(root, f)).Select(f => (Name: Path.GetFileName(f), Folder: f, Target: f))).DistinctBy(f => f.Target).ToList();
        var names = SourceNames.Unique(folders.Select(f => (f.Target, $"feed-{f.Name}")));
        return [.. folders.Select(f => new FolderFeed(names[f.Target], f.Folder, f.Target)).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    // The sources lie in another folder in the container. Of what is in the repository, only a relative path leads there too.
    private bool ComesWithSources(ConfiguredFeed feed) => SourcePlanner.IsIn(root, feed.Place) && !Path.IsPathRooted(feed.Value);

    // A path of this machine means nothing in the container, and the configuration that has it is written anew.
    private static string OuterFolder(ConfiguredFeed feed) => $"/feeds/{Slug.Of(feed.Name)}";

    // Where the container looks for a feed of an inner configuration: a relative path starts from where the configuration lies there. The container
    // does not have the variables of this machine; so the path counts as it is written.
    private string Expected(ConfiguredFeed feed) => Path.IsPathRooted(feed.Value)
        ? feed.Place
        : Absolute($"{SourceNames.Root}/{Path.GetRelativePath(root, Path.GetDirectoryName(feed.ConfigFile)!)}/{NuGetConfigFile.Read(feed.ConfigFile).Source(feed.Name)?.Attribute("value")?.Value}");

    private static string Absolute(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split('/').Where(p => p is not ("" or ".")))
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        return "/" + string.Join('/', parts);
    }
}
