using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Transports;
using NuGet.Versioning;

namespace Container.Sdk.Publishing;

/// <summary>
/// The feed that all projects of a build share: each version is fetched once, and each repository listed once. Projects with
/// another access have answers of their own.
/// </summary>
/// <param name="session">What the projects of a build share.</param>
/// <param name="request">The project.</param>
/// <param name="locked">The digest that a version's image must have; <c>null</c>: whichever its tag has.</param>
/// <param name="asksAnew">Whether each tag is asked for what it has now, although the store knows what it had.</param>
/// <param name="reporter">Told what is fetched.</param>
internal sealed class SharedFeed(PublishSession session, RestoreRequest request, Func<PackageId, NuGetVersion, Digest?> locked, bool asksAnew, IReporter reporter) : ILibraryFeed
{
    private readonly LibraryFeed _feed = new(request.Libraries, place => session.Transports(request.Access).Reader(place, reporter), request.OpenStore(), locked, reporter, asksAnew);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NuGetVersion>> ListAsync(PackageId id, CancellationToken cancellation) => session.OnceAsync(
        new Listing(request.Libraries.Find(id), request.Access), c => session.BoundedAsync(() => _feed.ListAsync(id, c), c)).WaitAsync(cancellation);

    /// <inheritdoc/>
    public Task<StoredLibrary?> FetchAsync(PackageId id, NuGetVersion version, CancellationToken cancellation) => session.OnceAsync(
        new Fetching(id.Lower, version, request.Libraries.Find(id), locked(id, version), request.CacheFolder, asksAnew, request.Access), c => session.BoundedAsync(() => _feed.FetchAsync(id, version, c), c)).WaitAsync(cancellation);

    private sealed record Listing(ImageRepository? Place, Access Access);

    private sealed record Fetching(string Id, NuGetVersion Version, ImageRepository? Place, Digest? Locked, string Store, bool AsksAnew, Access Access);
}
