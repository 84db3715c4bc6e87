using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>
/// Decides which components share a layer. The rule knows the components and nothing else (no machine, clock, index or
/// earlier build), so two services that use the same large package at the same version have the same layer.
/// </summary>
public static class LayerGrouping
{
    /// <summary>Uncompressed bytes from which a package has a layer to itself.</summary>
    public const long LargePackage = 256 << 10;

    /// <summary>
    /// Groups components, which come in their global order, into at most <paramref name="most"/> layers. A library that
    /// travels as an image has its layer to itself, however few they are to be: it is that image's.
    /// </summary>
    public static IReadOnlyList<LayerGroup> Group(IReadOnlyList<Component> components, int most)
    {
        var libraries = components.Kind(OriginKind.Library).Select(Single).ToList();
        var others = GroupOthers([.. components.Where(c => c.Origin.Kind != OriginKind.Library)], Math.Max(1, most - libraries.Count));
        return [.. others.Where(g => g.Kind < OriginKind.Library), .. libraries, .. others.Where(g => g.Kind > OriginKind.Library)];
    }

    private static List<LayerGroup> GroupOthers(IReadOnlyList<Component> components, int most)
    {
        var packages = components.Where(c => c.Origin.Kind == OriginKind.Package).ToList();
        // What is large doubles until the layers fit: the largest packages keep their own layers longest.
        for (var large = LargePackage; large <= LargePackage << 24; large <<= 1)
        {
            var groups = Arrange(components, GroupPackages(packages, large));
            if (groups.Count <= most) return groups;
        }
        return Merge(Arrange(components, packages.Count == 0 ? [] : [Several("packages", packages)]), most);
    }

    private static List<LayerGroup> Arrange(IReadOnlyList<Component> components, IEnumerable<LayerGroup> packages) =>
    [
        .. components.Kind(OriginKind.Runtime) is { Count: > 0 } runtime ? new[] { Several("runtime", runtime) } : [],
        .. packages,
        .. components.Where(c => c.Origin.Kind is OriginKind.Project or OriginKind.StaticAsset or OriginKind.Host).Select(Single),
        .. ArrangeApp(components),
    ];

    // A model or a catalogue of some size is not sent again with each line of code; an appsettings.json is no layer.
    private static IEnumerable<LayerGroup> ArrangeApp(IReadOnlyList<Component> components)
    {
        var (content, app) = (components.Kind(OriginKind.Content), components.Kind(OriginKind.App));
        return content.Count == 0 || content[0].Size >= LargePackage
            ? content.Concat(app).Select(Single)
            : [Single(new Component(FileOrigin.App, [.. content.Concat(app).SelectMany(c => c.Files)]))];
    }

    private static IEnumerable<LayerGroup> GroupPackages(List<Component> packages, long large)
    {
        var alone = packages.Where(p => p.Size >= large).Select(Single);
        var families = packages.Where(p => p.Size < large).GroupBy(p => p.Family).Select(f => f.ToList()).ToList();
        var own = families.Where(f => IsWorthALayer(f, large)).Select(f => f.Count == 1 ? Single(f[0]) : Several(f[0].Family, f));
        var rest = families.Where(f => !IsWorthALayer(f, large)).SelectMany(f => f).ToList();
        var bin = rest.Count == 0 ? [] : new[] { rest.Count == 1 ? Single(rest[0]) : Several("small packages", rest) };
        return alone.Concat(own).OrderBy(g => g.Components[0].Origin.Id.ToLowerInvariant(), StringComparer.Ordinal).Concat(bin);
    }

    private static bool IsWorthALayer(List<Component> family, long large) => family.Sum(c => c.Size) >= large / 4;

    // With fewer layers than kinds: what changes least often is merged first, from the bottom.
    private static List<LayerGroup> Merge(List<LayerGroup> groups, int most)
    {
        var projects = groups.Where(g => g.Kind == OriginKind.Project).ToList();
        if (groups.Count > most && projects.Count > 1)
        {
            var at = groups.IndexOf(projects[0]);
            groups = [.. groups.Take(at), Several("projects", projects.SelectMany(p => p.Components)), .. groups.Skip(at + projects.Count)];
        }
        while (groups.Count > most)
        {
            var name = groups.Count == 2 ? "application and everything it needs" : "dependencies";
            groups = [Several(name, groups.Take(2).SelectMany(g => g.Components)), .. groups.Skip(2)];
        }
        return groups;
    }

    private static LayerGroup Single(Component component) => new(component.Origin.ToString(), component.Origin.Kind, [component]);

    private static LayerGroup Several(string name, IEnumerable<Component> components)
    {
        var all = components.ToImmutableArray();
        return all.Length == 1 ? Single(all[0]) : new LayerGroup($"{name} ({all.Length})", all.Max(c => c.Origin.Kind), all);
    }

    private static List<Component> Kind(this IReadOnlyList<Component> components, OriginKind kind) => [.. components.Where(c => c.Origin.Kind == kind)];
}

/// <summary>The components that share a layer.</summary>
/// <param name="Name">What a person reads: <c>package Serilog 3.1.1</c>.</param>
/// <param name="Kind">The kind of what is in it; of several, the topmost.</param>
/// <param name="Components">The components.</param>
public sealed record LayerGroup(string Name, OriginKind Kind, ImmutableArray<Component> Components)
{
    /// <summary>Uncompressed bytes.</summary>
    public long Size => Components.Sum(c => c.Size);
}

/// <summary>All files of one origin: the smallest thing that a layer is made of.</summary>
/// <param name="Origin">Where the files came from.</param>
/// <param name="Files">The files.</param>
public sealed record Component(FileOrigin Origin, ImmutableArray<PublishedFile> Files)
{
    /// <summary>Uncompressed bytes.</summary>
    public long Size { get; } = Files.Sum(f => f.Length);

    /// <summary>
    /// The packages that are released together: the first parts of the id, and the version. Such packages are updated
    /// together, so sharing a layer costs them nothing.
    /// </summary>
    public string Family => $"{Train(Origin.Id)} {Origin.Version}";

    /// <summary>Gathers files by origin, in one global order: by kind, then by id and version.</summary>
    public static IReadOnlyList<Component> Gather(IEnumerable<PublishedFile> files) =>
    [
        .. files.GroupBy(f => f.Origin)
            .OrderBy(g => g.Key.Kind)
            .ThenBy(g => g.Key.Id.ToLowerInvariant(), StringComparer.Ordinal)
            .ThenBy(g => g.Key.Version, StringComparer.Ordinal)
            .Select(g => new Component(g.Key, [.. g.OrderBy(f => f.RelativePath, StringComparer.Ordinal)])),
    ];

    // Microsoft.Extensions.Logging and Microsoft.Extensions.Options are one train; Microsoft.Data.SqlClient is another.
    private static string Train(string id)
    {
        var parts = id.Split('.');
        var shared = parts[0] is "Microsoft" or "System" or "Azure" or "Google" && parts.Length > 1 ? 2 : 1;
        return string.Join('.', parts.Take(shared));
    }
}
