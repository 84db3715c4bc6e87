using System.Collections.Concurrent;
using System.Collections.Immutable;
using Container.Sdk.Images;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>A layer that is to lie in a repository of its own, as a thin image.</summary>
/// <param name="Layer">Which layer of the image, counted from 0.</param>
/// <param name="Target">The thin image.</param>
/// <param name="Content">The layer, with its bytes where they can be had.</param>
internal sealed record LayerCopy(int Layer, ImageTarget Target, ImageLayer Content)
{
    /// <summary>Whether what the tag has now is looked at first: where it may be another blob of the same content.</summary>
    public bool LooksFirst { get; init; }
}

/// <summary>
/// Publishes layers of an image as thin images, once in a build however many apps have them, before the image that then mounts them
/// from there: one upload in all.
/// </summary>
/// <param name="session">What the projects of a build share.</param>
/// <param name="request">The project.</param>
/// <param name="places">What is known of the registry; <c>null</c> where it is none.</param>
/// <param name="reporter">Told what is published.</param>
internal sealed class LayerPublisher(PublishSession session, ContainerRequest request, LayerPlaces? places, IReporter reporter)
{
    private const int AtOnce = 4;

    /// <summary>Publishes copies, and says of each layer where it can be mounted from.</summary>
    /// <param name="assembled">The image.</param>
    /// <param name="copies">What is published.</param>
    /// <param name="whenRefused">Told, once in a build, of a repository that takes no copy; <c>null</c>: then the build fails.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<PublishedLayers> PublishAsync(
        AssembledImage assembled, IEnumerable<LayerCopy> copies, Action<ImageRepository, ContainerException>? whenRefused, CancellationToken cancellation)
    {
        var layers = assembled.Image.Layers.ToArray();
        var deliveries = new Delivery?[layers.Length];
        var done = new ConcurrentBag<LayerCopy>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(copies, options, async (copy, c) =>
        {
            var refusal = new Refusal(copy.Target.Location!, request.Access);
            try
            {
                if (whenRefused is not null && session.IsRefused(refusal)) return;
                deliveries[copy.Layer] = await DeliverAsync(copy, assembled.Layers[copy.Layer], c).ConfigureAwait(false);
                // A layout has no place to mount from: its blobs are all one.
                if (copy.Target.Registry is { } registry) layers[copy.Layer] = copy.Content with { Content = new PlacedBlob(copy.Content.Content, registry, copy.Target.Repository) };
                done.Add(copy);
            }
            catch (ContainerException e) when (whenRefused is not null)
            {
                if (session.Refuse(refusal)) whenRefused(refusal.Repository, e);
            }
        }).ConfigureAwait(false);
        foreach (var repository in done.GroupBy(c => c.Target.Repository))
        {
            var digests = repository.Select(c => c.Content.Descriptor.Digest).ToHashSet();
            places?.Remember(digests, repository.Key, digests);
        }
        return new PublishedLayers(assembled with { Image = assembled.Image with { Layers = [.. layers] } }, [.. deliveries]);
    }

    private async Task<Delivery?> DeliverAsync(LayerCopy copy, AssembledLayer known, CancellationToken cancellation)
    {
        var mine = false;
        var delivery = await session.OnceAsync(new Copying(copy.Target.Display, request.Access), c =>
        {
            mine = true;
            return DeliverOnceAsync(copy, known, c);
        }).WaitAsync(cancellation).ConfigureAwait(false);
        // What another app of this build sent is not sent once more.
        return mine ? delivery : null;
    }

    private async Task<Delivery?> DeliverOnceAsync(LayerCopy copy, AssembledLayer known, CancellationToken cancellation)
    {
        var destination = session.Destination(copy.Target, null, request.Access)!;
        // The tag is a function of the content; only another compressor makes another blob of it.
        if (copy.LooksFirst && await destination.PrepareAsync(reporter, cancellation).ConfigureAwait(false) is { } present
            && present.Layers is [var there] && there.Descriptor.Digest == copy.Content.Descriptor.Digest) return null;
        reporter.Detail($"{known.Name} is published as {copy.Target.Display}.");
        return await destination.DeliverAsync(ThinImage.Of(copy.Content, known.Key!, known.Name, known.CreatedBy), reporter, cancellation).ConfigureAwait(false);
    }

    private sealed record Copying(string Target, Transports.Access Access);

    private sealed record Refusal(ImageRepository Repository, Transports.Access Access);
}

/// <summary>An image whose layers know which repositories have them.</summary>
/// <param name="Image">The image.</param>
/// <param name="Deliveries">For each layer how it got there; <c>null</c> where nothing was done for it now.</param>
internal sealed record PublishedLayers(AssembledImage Image, ImmutableArray<Delivery?> Deliveries)
{
    /// <summary>The delivery of the image and of the layers that went before it: what was sent there was sent, although it is mounted here.</summary>
    public Delivery Whole(Delivery delivery) => delivery with
    {
        Layers = [.. delivery.Layers.Select((transfer, i) => Deliveries[i]?.Layers[0] == Transfer.Sent ? Transfer.Sent : transfer)],
        BytesSent = delivery.BytesSent + Deliveries.Sum(d => d?.BytesSent ?? 0),
        Requests = delivery.Requests + Deliveries.Sum(d => d?.Requests ?? 0),
    };
}
