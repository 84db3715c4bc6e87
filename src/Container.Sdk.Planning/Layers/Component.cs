using System.Collections.Immutable;

namespace Container.Sdk.Planning;

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
