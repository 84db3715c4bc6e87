using Container.Sdk.Images;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>
/// Publishes the layers of referenced projects as thin images, before the app that has them: once in a build, however many
/// apps refer to the project.
/// </summary>
internal sealed class ThinImages(BuildSession session, ImageTarget target, LayerPlaces? places, IReporter reporter)
{
    /// <summary>Publishes what is not there, and says of each layer where it can be mounted from.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="assembled">The image.</param>
    /// <param name="isThere">Whether the tag has this very image already: then what is remembered to be published is not asked for.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<KeptImage> DeliverAsync(ImagePlan plan, AssembledImage assembled, bool isThere, CancellationToken cancellation)
    {
        var image = assembled.Image;
        var first = image.Layers.Length - plan.Layers.Length;
        var layers = image.Layers.ToBuilder();
        var deliveries = new Delivery?[layers.Count];
        for (var i = 0; i < plan.Layers.Length; i++)
        {
            if (plan.Layers[i].ThinImage is not { } repository || repository == target.Repository) continue;
            var (planned, layer, key) = (plan.Layers[i], layers[first + i], assembled.Layers[first + i].Key!);
            // Taken over from the app's image before: there, and perhaps nowhere else, are its bytes.
            if (assembled.Layers[first + i].Outcome == LayerOutcome.TakenOver && target.Place is { } own)
                layer = layer with { Content = session.Catalog(own).Blob(layer.Descriptor) };
            var digest = layer.Descriptor.Digest;
            if (isThere && places?.Find(digest) == repository) continue;
            if (target.Beside(repository, LibraryTag.OfSource(layer.DiffId)) is not { } thin) continue;
            var mine = false;
            var delivery = await session.OnceAsync($"thin {thin.Display}", c =>
            {
                mine = true;
                return DeliverAsync(thin, planned, layer, key, c);
            }).WaitAsync(cancellation).ConfigureAwait(false);
            // What another app of this build sent is not sent once more.
            deliveries[first + i] = mine ? delivery : null;
            places?.Remember([digest], repository, new HashSet<Digest> { digest });
            layers[first + i] = layer.In(target, repository);
        }
        return new KeptImage(image with { Layers = layers.ToImmutable() }, [.. deliveries]);
    }

    private async Task<Delivery?> DeliverAsync(ImageTarget thin, PlannedLayer planned, ImageLayer layer, Digest key, CancellationToken cancellation)
    {
        var destination = session.Destination(thin, null)!;
        // The tag is a function of the content; only another compressor makes another blob of it.
        if (await destination.PrepareAsync(cancellation).ConfigureAwait(false) is { } present && present.Layers is [var there] && there.Descriptor.Digest == layer.Descriptor.Digest) return null;
        reporter.Detail($"{planned.Name} is published as {thin.Display}.");
        return await destination.DeliverAsync(ThinImage.Of(layer, key, planned.Name, planned.CreatedBy), cancellation).ConfigureAwait(false);
    }
}
