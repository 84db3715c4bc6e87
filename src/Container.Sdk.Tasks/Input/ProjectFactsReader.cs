using System.Xml;
using System.Xml.Linq;
using Container.Sdk.Libraries;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>The facts by which a strategy is chosen: from what restore wrote and from files of the repository, never from the machine.</summary>
internal static class ProjectFactsReader
{
    /// <param name="folder">The project's folder.</param>
    /// <param name="graph">What restore found.</param>
    /// <param name="sources">Which packages travel as images.</param>
    /// <param name="isNative">Whether it is compiled to native code.</param>
    public static ProjectFacts Read(string folder, RestoredGraph graph, LibrarySources sources, bool isNative)
    {
        var root = Root(folder);
        var projects = graph.Nodes.Values.Where(n => n.IsProject).ToLookup(n => root is null || ProjectSources.Inside(root, Path.GetFullPath(n.Path, folder)) is not null, n => n.Id);
        var images = graph.Nodes.Values.Where(n => !n.IsProject && sources.Covers(n.Id)).Select(n => n.Id).ToList();
        return new ProjectFacts
        {
            Projects = [.. projects[true]],
            ProjectsElsewhere = [.. projects[false]],
            LibraryImages = [.. images],
            TopmostLibraries = [.. graph.Topmost([.. projects[true], .. projects[false], .. images])],
            PrivateFeeds = [.. Above(folder, root).SelectMany(FeedsWithCredentials)],
            IsNative = isNative,
        };
    }

    // The working folder of git; without one there is no boundary to lie outside of.
    private static string? Root(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (Path.Exists(Path.Combine(at, ".git"))) return at;
        return null;
    }

    private static IEnumerable<string> Above(string folder, string? root)
    {
        for (var at = folder; at is not null; at = at == root ? null : Path.GetDirectoryName(at))
            foreach (var name in (string[])["NuGet.config", "nuget.config", "NuGet.Config"])
                if (File.Exists(Path.Combine(at, name))) yield return Path.Combine(at, name);
    }

    // <packageSourceCredentials><Acme_x0020_Feed>…</Acme_x0020_Feed></packageSourceCredentials>; the values are none of our business.
    private static IEnumerable<string> FeedsWithCredentials(string file)
    {
        try
        {
            return [.. XDocument.Load(file).Root?.Elements("packageSourceCredentials").Elements().Select(e => XmlConvert.DecodeName(e.Name.LocalName)!) ?? []];
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            // NuGet reads it as well, and says what is wrong.
            return [];
        }
    }
}
