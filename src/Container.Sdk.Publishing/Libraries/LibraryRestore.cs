using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Transports;
using NuGet.Versioning;

namespace Container.Sdk.Publishing;

/// <summary>The use cases around library images: restore them, check what was restored, write the lock file.</summary>
/// <param name="session">What all projects of a build share.</param>
/// <param name="request">The project.</param>
/// <param name="reporter">Told what happens.</param>
public sealed class LibraryRestore(PublishSession session, RestoreRequest request, IReporter reporter)
{
    private readonly LibraryStore _store = request.OpenStore();

    /// <summary>
    /// Before restore reads a project's references: fetches the library images that they need, and makes each reference say the
    /// version that was found. In a build without restore it repeats what the last restore found, and asks nobody.
    /// </summary>
    /// <param name="references"><c>PackageReference</c>.</param>
    /// <param name="versions"><c>PackageVersion</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The references whose version was found.</returns>
    /// <exception cref="ContainerException">A library is not there or is damaged, or the lock file says otherwise.</exception>
    public async Task<ImmutableArray<FoundReference>> RestoreAsync(IReadOnlyList<IProjectItem> references, IReadOnlyList<IProjectItem> versions, CancellationToken cancellation)
    {
        var asked = request.Asked(references, versions);
        if (asked.Requests.IsEmpty) return [];
        var found = LibraryResolution.Read(request.RecordFile);
        if (request.IsRestoring)
        {
            var locks = ReadLocks(request.IsEvaluatedAnew ? "" : request.PackagesLockFile);
            if (request.IsForced || found?.Answers(asked.Requests, request.Libraries) != true || !locks.Agree(found) || !found.IsIn(_store))
            {
                found = await ResolveAsync(asked, locks, cancellation).ConfigureAwait(false);
                found.Write(request.RecordFile);
            }
        }
        // A build without restore ships what an earlier restore found; locked, that must be what the file says.
        else if (request.Lock.IsLocked && !request.IsDesignTime && (found is null || !ReadLocks(request.PackagesLockFile).Agree(found)))
        {
            throw Diagnostics.LockOutOfDate.Error(request.Lock.File, asked.Requests.Select(r => $"? {r}: restore has found another version, or none").ToList());
        }
        return found is null ? [] : asked.With(found);
    }

    /// <summary>
    /// After restore: whether the packages that a build uses are the library images' own. An older package of the same version in
    /// NuGet's folder, or one of a public feed, wins without a word.
    /// </summary>
    /// <param name="packages">The names of the packages of the build.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SdkNeeded"/> or <see cref="Diagnostics.OtherPackage"/></exception>
    public void Check(IEnumerable<string> packages)
    {
        if (!packages.Any(request.Libraries.Covers)) return;
        if (!request.IsSdk) throw Diagnostics.SdkNeeded.Error(request.Project);
        foreach (var package in AssetsFile.Read(request.AssetsFile, "").Packages)
        {
            if (!PackageId.TryParse(package.Id, out var id) || !NuGetVersion.TryParse(package.Version, out var version) || request.Libraries.Find(id) is not { } place) continue;
            var own = _store.Packages.HashOf(id, version);
            if (own == package.Hash) continue;
            object[] what = [id.Value, version.ToNormalizedString(), package.Folders.FirstOrDefault(Directory.Exists) ?? package.Folders.FirstOrDefault("NuGet's folder"), place.ToString()];
            // A version that no image gave came from somewhere else altogether.
            if (own is null) throw Diagnostics.OtherPackage.Error(what);
            reporter.Warn(Diagnostics.OtherPackage, what);
        }
    }

    private LibraryLocks ReadLocks(string packagesLockFile) => new(request.Lock.Read(), PackagesLock.Read(packagesLockFile), request.Lock.IsLocked, request.Lock.File);

    private async Task<LibraryResolution> ResolveAsync(LibraryReferences asked, LibraryLocks locks, CancellationToken cancellation)
    {
        var feed = new SharedFeed(session, request, locks.DigestOf, asksAnew: false, reporter);
        var resolution = await new LibraryResolver(request.Libraries, feed, locks.VersionOf).ResolveAsync(asked.Requests, cancellation).ConfigureAwait(false);
        locks.RequireAll(resolution);
        return resolution;
    }
}

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
