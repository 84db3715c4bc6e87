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

/// <summary>Where the library images of some packages lie: one <c>ContainerLibrarySource</c> item.</summary>
/// <param name="Pattern">A package id, or the start of some and <c>*</c> (or <c>**</c>): <c>Acme.*</c>.</param>
/// <param name="Registry"><c>host[:port]</c> or <c>oci:FOLDER</c>.</param>
/// <param name="Repository">The repository; <c>{id}</c> stands for the lower-case package id.</param>
/// <param name="Folder">The folder that a relative <c>oci:FOLDER</c> is relative to.</param>
public sealed record LibrarySource(string Pattern, string Registry, string Repository, string Folder)
{
    /// <summary>What <c>Repository</c> is where it is not said.</summary>
    public const string StandardRepository = "{id}";

    private const string Placeholder = "{id}";

    /// <summary>How much of an id the pattern names; the source that names the most of it has it.</summary>
    public int Specificity => Pattern.EndsWith('*') ? Pattern.Length - 1 : int.MaxValue;

    /// <summary>Checks an item and makes it a source.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidLibrarySource"/>, or the code of a part.</exception>
    public static LibrarySource Parse(string pattern, string registry, string repository, string folder)
    {
        // MSBuild takes one star for a pattern of file names, and leaves two alone.
        var source = new LibrarySource(pattern.Trim().Replace("**", "*", StringComparison.Ordinal), registry.Trim(), repository.Trim() is { Length: > 0 } r ? r : StandardRepository, folder);
        var prefix = source.Pattern.TrimEnd('*');
        if (source.Pattern.Length - prefix.Length > 1 || !(source.Pattern == "*" || PackageId.TryParse(prefix.TrimEnd('.', '-'), out _)))
            throw Diagnostics.InvalidLibrarySource.Error(pattern, "it is neither a package id nor the start of one and '*'");
        if (source.Registry.Length == 0) throw Diagnostics.InvalidLibrarySource.Error(pattern, "Registry is missing; write host[:port] or oci:FOLDER");
        if (source.Pattern.EndsWith('*') && !source.Repository.Contains(Placeholder, StringComparison.Ordinal))
            throw Diagnostics.InvalidLibrarySource.Error(pattern, $"all its packages would share the repository '{source.Repository}'; write {Placeholder} where the package id is to stand");
        _ = source.PlaceOf(PackageId.Parse("id"));
        return source;
    }

    /// <summary>Whether the pattern is for this package.</summary>
    public bool Covers(PackageId id) => Pattern.EndsWith('*')
        ? id.Value.StartsWith(Pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : id.Value.Equals(Pattern, StringComparison.OrdinalIgnoreCase);

    /// <summary>The one repository of a package.</summary>
    public ImageRepository PlaceOf(PackageId id) =>
        ImageRepository.Parse(Registry, RepositoryName.Parse(Repository.Replace(Placeholder, id.Lower, StringComparison.Ordinal)), Folder);
}
