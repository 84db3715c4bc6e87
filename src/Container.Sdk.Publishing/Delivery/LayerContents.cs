using System.Collections.Immutable;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary>Where the bytes of an assembled image's layers can be had, by how each was come by.</summary>
internal sealed class LayerContents(PublishSession session, ContainerRequest request, LayerCache cache)
{
    private readonly TransportTable _transports = session.Transports(request.Access);

    /// <summary>The image with the contents of its layers. The base is resolved where layers are its; nothing else is asked.</summary>
    public async Task<AssembledImage> FindAsync(AssembledImage image, CancellationToken cancellation)
    {
        var baseImage = await session.ResolveAsync(image.Base, image.Platform, request.Access, new SilentReporter()).WaitAsync(cancellation).ConfigureAwait(false);
        ImmutableArray<ImageLayer> layers = [.. image.Image.Layers.Select((layer, i) => layer with { Content = Find(layer, image.Layers[i], baseImage) })];
        return image with { Image = image.Image with { Layers = layers } };
    }

    private IBlob Find(ImageLayer layer, AssembledLayer known, Image? baseImage) => known.Outcome switch
    {
        LayerOutcome.Base => baseImage?.Layers.FirstOrDefault(l => l.Descriptor.Digest == layer.Descriptor.Digest)?.Content ?? new NowhereBlob(),
        LayerOutcome.TakenOver => new NowhereBlob(),
        LayerOutcome.Library => _transports.Blob(known.Library!, layer.Descriptor),
        LayerOutcome.Shared => request.LayerRepository is { } repository ? _transports.Reader(repository, new SilentReporter()).Blob(layer.Descriptor) : new NowhereBlob(),
        _ => cache.Find(known.Key!) is { } cached ? new CachedBlob(cached) : new NowhereBlob(),
    };

    // Bytes that only the destination has. It is asked for them only where it lost them since the image was assembled.
    private sealed record NowhereBlob : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) =>
            throw Diagnostics.UploadFailed.Error("A layer that was there a moment ago", "the destination", "it has gone meanwhile; publish again");
    }
}
