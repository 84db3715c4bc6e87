using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>Library packages out of the images of registries and folders, kept in this machine's store.</summary>
/// <param name="sources">Where the images lie.</param>
/// <param name="open">Opens a repository.</param>
/// <param name="store">Where packages are kept.</param>
/// <param name="locked">The digest that the image of a version must have; <c>null</c>: whichever the tag has.</param>
/// <param name="reporter">Told what is fetched.</param>
/// <param name="asksAnew">Whether each tag is asked for what it has now, although the store knows what it had.</param>
public sealed class LibraryFeed(
    LibrarySources sources, Func<ImageRepository, IRepositoryReader> open, LibraryStore store, Func<PackageId, NuGetVersion, Digest?> locked, IReporter reporter, bool asksAnew = false) : ILibraryFeed
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<NuGetVersion>> ListAsync(PackageId id, CancellationToken cancellation)
    {
        var tags = await open(PlaceOf(id)).ListTagsAsync(cancellation).ConfigureAwait(false);
        return [.. tags.Select(LibraryTag.ToVersion).OfType<NuGetVersion>()];
    }

    /// <inheritdoc/>
    public async Task<StoredLibrary?> FetchAsync(PackageId id, NuGetVersion version, CancellationToken cancellation)
    {
        var (place, digest, stored) = (PlaceOf(id), locked(id, version), store.Find(id, version));
        var isFromHere = stored?.Resolved.Repository == place;
        if (isFromHere && !asksAnew && (digest is null || digest == stored!.Resolved.Digest)) return stored;

        var catalog = open(place);
        var image = digest is null
            ? await catalog.FindAsync(LibraryTag.Of(version), cancellation).ConfigureAwait(false)
            : await catalog.FindAsync(digest, cancellation).ConfigureAwait(false) ?? throw Diagnostics.ImageNotFound.Error(place.Image(null, digest).ToString());
        if (isFromHere && image?.Descriptor.Digest == stored!.Resolved.Digest) return stored;
        return image is null ? null : await KeepAsync(LibraryImage.Read(image, id, version, place.Image(LibraryTag.Of(version)).ToString()), place, stored, cancellation).ConfigureAwait(false);
    }

    private async Task<StoredLibrary> KeepAsync(LibraryImage library, ImageRepository place, StoredLibrary? stored, CancellationToken cancellation)
    {
        var name = place.Image(LibraryTag.Of(library.Version), library.Image.Descriptor.Digest);
        var file = AtomicFile.PartialName(Path.Combine(store.Root, "packages", $"{library.Id.Lower}.nupkg"));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            reporter.Progress($"fetching {library.Id} {library.Version.ToNormalizedString()} from {place}");
            var package = await LibraryImageReader.FetchAsync(library, file, cancellation).ConfigureAwait(false);
            var hash = ContentHash.Of(file, package);
            // NuGet uses the expanded package in place: another one of the same name would change under running builds.
            if (store.Packages.HashOf(library.Id, library.Version) is { } known && known != hash)
                throw Diagnostics.LibraryElsewhere.Error(library.Id.Value, library.Version.ToNormalizedString(), name.ToString(), stored?.Image.ToString() ?? store.Packages.PathOf(library.Id, library.Version));
            store.Packages.Expand(file, package);
            var kept = new StoredLibrary(
                library.Id, new ResolvedVersion(library.Version, place, library.Image.Descriptor.Digest), library.Framework, hash, library.AppLayer?.Descriptor, library.AppLayer?.DiffId,
                [.. package.Dependencies.Select(d => new LibraryRequest(d.Id, d.Range))]);
            store.Keep(kept);
            return kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(store.Root, e);
        }
        finally
        {
            AtomicFile.TryDelete(file);
        }
    }

    private ImageRepository PlaceOf(PackageId id) => sources.Find(id) ?? throw Diagnostics.LibraryNotFound.Error(id.Value, "its repository");
}
