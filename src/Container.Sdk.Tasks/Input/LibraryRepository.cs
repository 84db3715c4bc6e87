using Container.Sdk.Libraries;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>
/// Where the image of a library belongs. The project's own word comes first; else the source that covers its package, since what
/// is read from there is written there; else its package id.
/// </summary>
/// <param name="Name">The repository.</param>
/// <param name="Place">The source's place; <c>null</c> where no source decides.</param>
internal sealed record LibraryRepository(RepositoryName Name, ImageRepository? Place)
{
    /// <summary>Decides.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="packageId">The package of the library.</param>
    /// <param name="prefix"><c>ContainerRepositoryPrefix</c>.</param>
    /// <param name="own"><c>ContainerRepository</c> as the project says it, or empty.</param>
    public static LibraryRepository Of(LibrarySources sources, string packageId, string prefix, string own)
    {
        if (own.Length > 0) return new LibraryRepository(RepositoryName.FromProjectName(prefix + own), null);
        return PackageId.TryParse(packageId, out var id) && sources.Find(id) is { } place
            ? new LibraryRepository(place.Name, place)
            : new LibraryRepository(RepositoryName.FromProjectName(prefix + packageId.ToLowerInvariant()), null);
    }
}
