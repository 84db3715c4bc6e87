using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>The repositories of the packages that were met: no two packages share one, or one would be taken for the other.</summary>
internal sealed class RepositoryOwners(LibrarySources sources)
{
    private readonly Dictionary<ImageRepository, PackageId> _owners = [];

    /// <summary>The repository of a package that a source covers.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidLibrarySource"/>: another package has it.</exception>
    public ImageRepository Of(PackageId id)
    {
        var place = sources.Find(id)!;
        return _owners.TryAdd(place, id) || _owners[place].Equals(id)
            ? place
            : throw Diagnostics.InvalidLibrarySource.Error(id.Value, $"{place} is the repository of {_owners[place]} too, and two packages cannot share one");
    }
}
