using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>All sources of a project. One id belongs to exactly one of them: the one whose pattern names the most of it.</summary>
public sealed class LibrarySources
{
    // A registry and a folder can be written in many ways; where a package would lie tells whether they are the same.
    private static readonly PackageId Any = PackageId.Parse("id");

    private readonly ImmutableArray<LibrarySource> _sources;

    /// <summary>Sources, of which no two have the same pattern and another place.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LibrarySourceTwice"/></exception>
    public LibrarySources(IEnumerable<LibrarySource> sources)
    {
        var known = new Dictionary<string, LibrarySource>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources)
        {
            if (known.TryAdd(source.Pattern, source)) continue;
            var other = known[source.Pattern];
            if (other.Repository != source.Repository || other.PlaceOf(Any) != source.PlaceOf(Any))
                throw Diagnostics.LibrarySourceTwice.Error(source.Pattern, $"{other.Registry}/{other.Repository}", $"{source.Registry}/{source.Repository}");
        }
        _sources = [.. known.Values.OrderByDescending(s => s.Specificity)];
    }

    /// <summary>No source at all.</summary>
    public bool IsEmpty => _sources.IsEmpty;

    /// <summary>The repository of a package; <c>null</c> where no pattern is for it.</summary>
    public ImageRepository? Find(PackageId id) => _sources.FirstOrDefault(s => s.Covers(id))?.PlaceOf(id);

    /// <summary>Whether a pattern is for a package of this name.</summary>
    public bool Covers(string name) => PackageId.TryParse(name, out var id) && _sources.Any(s => s.Covers(id));
}
