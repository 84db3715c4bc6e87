using System.Collections.Immutable;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>
/// Brings an app's new layers into the layer repository, each as a thin image of its own and once in a build, before the app
/// that then mounts them from there: one upload in all.
/// </summary>
internal sealed class KeptLayers(BuildSession session, ImageTarget target, LayerRepository repository, LayerPlaces? places, IReporter reporter)
{
    private const int AtOnce = 4;

    /// <summary>Brings what is not known to be there, and says of each layer where it can be mounted from.</summary>
    public async Task<KeptImage> DeliverAsync(ImagePlan plan, AssembledImage assembled, CancellationToken cancellation)
    {
        var image = assembled.Image;
        var first = image.Layers.Length - plan.Layers.Length;
        var layers = image.Layers.ToArray();
        var deliveries = new Delivery?[layers.Length];
        var kept = new bool[layers.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(first, plan.Layers.Length).Where(i => IsNews(assembled.Layers[i], layers[i])), options, async (i, c) =>
        {
            var planned = plan.Layers[i - first];
            var thin = target.Beside(repository.Name, SharedLayers.TagOf(assembled.Layers[i].Key!))!;
            (kept[i], deliveries[i]) = await TryAsync(thin, ThinImage.Of(layers[i], assembled.Layers[i].Key!, planned.Name, planned.CreatedBy), c).ConfigureAwait(false);
            if (kept[i]) layers[i] = layers[i].In(target, repository.Name);
        }).ConfigureAwait(false);
        var there = layers.Where((_, i) => kept[i]).Select(l => l.Descriptor.Digest).ToHashSet();
        places?.Remember(there, repository.Name, there);
        return new KeptImage(image with { Layers = [.. layers] }, [.. deliveries]);
    }

    // Only the cache has bytes that may be nowhere else; what came out of a repository is found there again.
    private bool IsNews(LayerSummary summary, ImageLayer layer) =>
        summary.Outcome is LayerOutcome.Packed or LayerOutcome.Cached && places?.Find(layer.Descriptor.Digest) != repository.Name;

    private async Task<(bool IsThere, Delivery? Delivery)> TryAsync(ImageTarget thin, Image image, CancellationToken cancellation)
    {
        var mine = false;
        try
        {
            if (session.IsRefused(repository.ToString())) return (false, null);
            var delivery = await session.OnceAsync($"keep {thin.Display}", c =>
            {
                mine = true;
                return session.Destination(thin, null)!.DeliverAsync(image, c);
            }).WaitAsync(cancellation).ConfigureAwait(false);
            // What another app of this build brought is not brought once more.
            return (true, mine ? delivery : null);
        }
        catch (ContainerException e)
        {
            // It saves work, and is no part of the image. The code is that of the cause, which is what its page helps with.
            if (session.Refuse(repository.ToString()))
                reporter.Warn(e.Diagnostic with { Message = "{0} keeps no layers of this build, which go with each app instead: {1}" }, repository.ToString(), e.Message);
            return (false, null);
        }
    }
}

/// <summary>An image whose layers know that the layer repository has them.</summary>
/// <param name="Image">The image.</param>
/// <param name="Deliveries">For each layer how it got there; <c>null</c> where nothing was done for it now.</param>
internal sealed record KeptImage(Image Image, ImmutableArray<Delivery?> Deliveries)
{
    /// <summary>The delivery of the image and of the layers that went before it: what was sent there was sent, although it is mounted here.</summary>
    public Delivery Whole(Delivery delivery) => delivery with
    {
        Layers = [.. delivery.Layers.Select((transfer, i) => Deliveries[i]?.Layers[0] == Transfer.Sent ? Transfer.Sent : transfer)],
        BytesSent = delivery.BytesSent + Deliveries.Sum(d => d?.BytesSent ?? 0),
        Requests = delivery.Requests + Deliveries.Sum(d => d?.Requests ?? 0),
    };
}
