using System.Collections.Concurrent;
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

/// <summary>A feed that is asked each thing once, however many ranges and parents lead there at the same time.</summary>
internal sealed class RememberingFeed(ILibraryFeed feed) : ILibraryFeed
{
    private readonly ConcurrentDictionary<PackageId, Lazy<Task<IReadOnlyList<NuGetVersion>>>> _lists = new();
    private readonly ConcurrentDictionary<(PackageId Id, NuGetVersion Version), Lazy<Task<StoredLibrary?>>> _libraries = new();

    public Task<IReadOnlyList<NuGetVersion>> ListAsync(PackageId id, CancellationToken cancellation) =>
        _lists.GetOrAdd(id, _ => new(() => feed.ListAsync(id, cancellation))).Value;

    public Task<StoredLibrary?> FetchAsync(PackageId id, NuGetVersion version, CancellationToken cancellation) =>
        _libraries.GetOrAdd((id, version), _ => new(() => feed.FetchAsync(id, version, cancellation))).Value;
}
