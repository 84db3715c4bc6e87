using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Container.Sdk.Libraries;
using Container.Sdk.Planning;
using Container.Sdk.Processes;

namespace Container.Sdk.Publishing;

/// <summary>The facts by which a strategy is chosen: from what restore wrote and from files of the repository, never from the machine.</summary>
public static class ProjectFactsReader
{
    /// <summary>The strategy for a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="sources">Which packages travel as images.</param>
    public static AutoChoice Choose(ProjectIdentity project, LibrarySources sources) => AutoChoice.Of(Read(project, sources));

    private static ProjectFacts Read(ProjectIdentity project, LibrarySources sources)
    {
        var (folder, graph) = (project.Folder, AssetsFile.Read(project));
        var root = Root(folder);
        var projects = graph.Nodes.Values.Where(n => n.IsProject).ToLookup(n => root is null || GitProjectPaths.Inside(root, Path.GetFullPath(n.Path, folder)) is not null, n => n.Id);
        var images = graph.Nodes.Values.Where(n => !n.IsProject && sources.Covers(n.Id)).Select(n => n.Id).ToList();
        return new ProjectFacts
        {
            Projects = [.. projects[true]],
            ProjectsElsewhere = [.. projects[false]],
            LibraryImages = [.. images],
            TopmostLibraries = [.. graph.Topmost([.. projects[true], .. projects[false], .. images])],
            PrivateFeeds = [.. Above(folder, root).SelectMany(FeedsWithCredentials)],
            IsNative = project.IsNative,
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

/// <summary>Reads <c>project.assets.json</c>.</summary>
internal static class AssetsFile
{
    /// <summary>What restore found; nothing where the file is not there, or the .NET SDK has to say what is wrong with it.</summary>
    public static RestoredGraph Read(ProjectIdentity project) => Read(project.AssetsFile, project.TargetFramework);

    /// <summary>The same by its path.</summary>
    public static RestoredGraph Read(string file, string framework)
    {
        try
        {
            return File.Exists(file) ? RestoredGraph.Read(File.ReadAllBytes(file), framework) : RestoredGraph.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return RestoredGraph.Empty;
        }
    }
}
