using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>Where library packages come from: registries, folders, and a cache before them.</summary>
public interface ILibraryFeed
{
    /// <summary>The versions among the tags of the package's repository; empty where there is no repository.</summary>
    Task<IReadOnlyList<NuGetVersion>> ListAsync(PackageId id, CancellationToken cancellation);

    /// <summary>Fetches the library of exactly this version, or finds it in the cache; <c>null</c> where there is none.</summary>
    Task<StoredLibrary?> FetchAsync(PackageId id, NuGetVersion version, CancellationToken cancellation);
}
