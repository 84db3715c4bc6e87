using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>What restore found for a project, by <c>project.assets.json</c>: packages and projects, and who needs whom.</summary>
/// <param name="Nodes">All of them, by id.</param>
public sealed record RestoredGraph(ImmutableSortedDictionary<string, RestoredNode> Nodes)
{
    /// <summary>The packages of all frameworks.</summary>
    public ImmutableArray<RestoredPackage> Packages { get; init; } = [];

    /// <summary>A project that refers to nothing, or was not restored.</summary>
    public static RestoredGraph Empty { get; } = new(ImmutableSortedDictionary.Create<string, RestoredNode>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads the file.</summary>
    /// <param name="utf8">Its content.</param>
    /// <param name="framework">The framework whose references are read; where the file has no such, its first.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static RestoredGraph Read(ReadOnlySpan<byte> utf8, string framework)
    {
        var json = Json.ParseObject(utf8);
        var targets = (json.GetObject("targets") ?? []).Where(t => !t.Key.Contains('/', StringComparison.Ordinal)).ToList();
        var target = (targets.FirstOrDefault(t => t.Key.Equals(framework, StringComparison.OrdinalIgnoreCase)).Value ?? targets.FirstOrDefault().Value) as JsonObject;
        var places = json.GetObject("libraries") ?? [];
        var nodes = Empty.Nodes.ToBuilder();
        foreach (var (name, value) in target ?? [])
            if (value is JsonObject node && name.Split('/') is [var id, var version])
                nodes[id] = new RestoredNode(
                    id, version, node.GetString("type") == "project", (places[name] as JsonObject)?.GetString("path") ?? "",
                    [.. (node.GetObject("dependencies") ?? []).Select(d => d.Key).Order(StringComparer.OrdinalIgnoreCase)]);
        return new RestoredGraph(nodes.ToImmutable()) { Packages = [.. ReadPackages(places, [.. (json.GetObject("packageFolders") ?? []).Select(f => f.Key)])] };
    }

    /// <summary>Those that no other of them needs, directly or through anything.</summary>
    public ImmutableArray<string> Topmost(IReadOnlyCollection<string> ids) =>
        [.. ids.Where(id => !ids.Any(other => !Same(other, id) && Needs(other).Contains(id))).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    // {"libraries": {"Acme.Pricing/1.4.0": {"sha512": "…", "type": "package", "path": "acme.pricing/1.4.0"}}, "packageFolders": {"/home/me/.nuget/packages/": {}}}
    private static IEnumerable<RestoredPackage> ReadPackages(JsonObject libraries, ImmutableArray<string> folders)
    {
        foreach (var (name, value) in libraries)
            if (value is JsonObject library && library.GetString("type") == "package" && library.GetString("sha512") is { } hash && name.Split('/') is [var id, var version])
                yield return new RestoredPackage(id, version, hash, [.. folders.Select(f => System.IO.Path.Combine(f, library.GetString("path") ?? name))]);
    }

    private HashSet<string> Needs(string id)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>([id]);
        while (open.TryPop(out var at))
            foreach (var next in Nodes.GetValueOrDefault(at)?.Dependencies ?? [])
                if (found.Add(next)) open.Push(next);
        return found;
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A package or a project that restore found.</summary>
/// <param name="Id">Package id, or what the project's package would be called.</param>
/// <param name="Version">The version.</param>
/// <param name="IsProject">Whether it is a project.</param>
/// <param name="Path">The project file, relative to the project's folder; of a package, its folder.</param>
/// <param name="Dependencies">What it needs, by id.</param>
public sealed record RestoredNode(string Id, string Version, bool IsProject, string Path, ImmutableArray<string> Dependencies);

/// <summary>A package as restore found it on this machine.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-512 of the package, in base 64.</param>
/// <param name="Folders">Where it may be expanded: absolute, the first that is there.</param>
public sealed record RestoredPackage(string Id, string Version, string Hash, ImmutableArray<string> Folders);
