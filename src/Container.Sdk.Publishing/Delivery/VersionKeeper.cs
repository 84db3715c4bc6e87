using Container.Sdk.Images;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>A version never changes its content: what its tag has now stays where it is the same, and else it is an error.</summary>
internal sealed class VersionKeeper(PublishSession session, ContainerRequest request, IReporter reporter)
{
    /// <summary>What the version's tag has at this moment; <c>null</c> where it is free, or there are no tags.</summary>
    /// <exception cref="ContainerException">What is there cannot be read, and so not be compared.</exception>
    public async Task<Image?> FindAsync(CancellationToken cancellation)
    {
        if (request.Target.Location is not { } place) return null;
        try
        {
            return await session.Transports(request.Access).Reader(place, reporter).FindAsync(request.Target.Tags[0], cancellation).ConfigureAwait(false);
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.Forbidden)
        {
            // So some registries answer where there is nothing yet; that it may be written was asked before.
            return null;
        }
    }

    /// <summary>Right before a version is written: whether another build was faster, with the same content or with another.</summary>
    /// <returns>The image to deliver.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.VersionChanged"/></exception>
    public async Task<Image> TakeFasterAsync(Image made, CancellationToken cancellation) =>
        await FindAsync(cancellation).ConfigureAwait(false) is not { } now ? made
        : now.Configuration.DiffIds.SequenceEqual(made.Configuration.DiffIds) ? now
        : throw Diagnostics.VersionChanged.Error(request.Target.Display, (string[])["another build has published it meanwhile"]);

    /// <summary>The image to deliver: the one that is there, where it has the same content.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.VersionChanged"/>, or the tag has an image that is no library.</exception>
    public async Task<AssembledImage> KeepAsync(AssembledImage made, Image present, CancellationToken cancellation)
    {
        if (made.Image.Configuration.DiffIds.SequenceEqual(present.Configuration.DiffIds)) return Kept(made, present);

        var name = request.Target.Display;
        var library = LibraryImage.Read(present, PackageId.Parse(made.Version!.Id), version: null, name);
        var package = AtomicFile.PartialName(Path.Combine(request.Output.Folder, "present.nupkg"));
        try
        {
            Directory.CreateDirectory(request.Output.Folder);
            await LibraryImageReader.FetchAsync(library, package, cancellation).ConfigureAwait(false);
            var differences = PackageComparison.Differences(package, made.Version.PackageFile);
            return differences.Count == 0 ? Kept(made, present) : throw Diagnostics.VersionChanged.Error(name, differences);
        }
        finally
        {
            AtomicFile.TryDelete(package);
        }
    }

    private static AssembledImage Kept(AssembledImage made, Image present) => made.Image.Descriptor.Digest == present.Descriptor.Digest
        ? made
        : made with
        {
            Image = present,
            Layers = [.. present.Layers.Select((_, i) => (i < made.Layers.Length ? made.Layers[i] : new AssembledLayer("library", LayerOutcome.TakenOver, [])) with { Outcome = LayerOutcome.TakenOver })],
        };
}
