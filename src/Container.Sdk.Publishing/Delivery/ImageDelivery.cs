using Container.Sdk.Images;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>Delivers an assembled image: first the layers that others mount from repositories of their own, then the image, its tags last.</summary>
internal sealed class ImageDelivery(PublishSession session, ContainerRequest request, IReporter reporter)
{
    private readonly LayerPlaces? _places = request.Target.Registry is { } registry ? new LayerPlaces(request.Cache.Folder, registry) : null;

    /// <summary>Delivers it.</summary>
    /// <returns>What was done.</returns>
    public async Task<PublishReport> DeliverAsync(AssembledImage made, CancellationToken cancellation)
    {
        var target = request.Target;
        var destination = session.Destination(target, request.Format, request.Access);
        var present = await session.PrepareAsync(target, request.Format, request.Access, reporter).WaitAsync(cancellation).ConfigureAwait(false);
        // An image that did not change needs nothing, and asks nothing.
        var isThere = present is not null && present.Descriptor.Digest == made.Image.Descriptor.Digest;
        var publisher = new LayerPublisher(session, request, _places, reporter);
        var kept = await publisher.PublishAsync(WithPlaces(made), isThere ? [] : KeptLayers(WithPlaces(made)), WarnOfRefusal, cancellation).ConfigureAwait(false);
        var thin = await publisher.PublishAsync(kept.Image, ThinImages(kept.Image, isThere), null, cancellation).ConfigureAwait(false);

        var image = thin.Image;
        // A version that this build found there is delivered as it is, and else the last look is right before the tag is written.
        if (image.Version is not null && !isThere)
            image = image with { Image = await new VersionKeeper(session, request, reporter).TakeFasterAsync(image.Image, cancellation).ConfigureAwait(false) };
        if (destination is null) return new PublishReport(request, image, null);
        var delivery = await destination.DeliverAsync(image.Image, reporter, cancellation).ConfigureAwait(false);
        RememberPlaces(image.Image, delivery);
        WarnOfCopies(image, delivery);
        return new PublishReport(request, image, thin.Whole(kept.Whole(delivery)));
    }

    // Where a layer itself knows a repository that has it, that counts more.
    private AssembledImage WithPlaces(AssembledImage assembled) => _places is null || request.Target.Registry is not { } host ? assembled : assembled with
    {
        Image = assembled.Image with
        {
            Layers =
            [
                .. assembled.Image.Layers.Select(l => l.Content.PlaceIn(host) is null && _places.Find(l.Descriptor.Digest) is { } place
                    ? l with { Content = new PlacedBlob(l.Content, host, place) }
                    : l),
            ],
        },
    };

    // Only the cache has bytes that may be nowhere else; what came out of a repository is found there again.
    private IEnumerable<LayerCopy> KeptLayers(AssembledImage assembled)
    {
        if (request.LayerRepository is not { } repository) yield break;
        for (var i = 0; i < assembled.Layers.Length; i++)
        {
            if (assembled.Layers[i] is not { Outcome: LayerOutcome.Packed or LayerOutcome.Cached, IsBuilt: false, Key: { } key }) continue;
            var layer = assembled.Image.Layers[i];
            if (_places?.Find(layer.Descriptor.Digest) == repository.Name) continue;
            yield return new LayerCopy(i, repository.Target([SharedLayers.TagOf(key)]), layer);
        }
    }

    // The layers of referenced projects, each in a repository of its project's own.
    private IEnumerable<LayerCopy> ThinImages(AssembledImage assembled, bool isThere)
    {
        if (request.Target.Location is not { } location) yield break;
        for (var i = 0; i < assembled.Layers.Length; i++)
        {
            if (assembled.Layers[i].ThinImage is not { } repository || repository == request.Target.Repository) continue;
            var layer = assembled.Image.Layers[i];
            if (isThere && _places?.Find(layer.Descriptor.Digest) == repository) continue;
            // Taken over from the app's image before: there, and perhaps nowhere else, are its bytes.
            if (assembled.Layers[i].Outcome == LayerOutcome.TakenOver)
                layer = layer with { Content = session.Transports(request.Access).Reader(location, reporter).Blob(layer.Descriptor) };
            yield return new LayerCopy(i, location.Sibling(repository).Target([LibraryTag.OfSource(layer.DiffId)]), layer) { LooksFirst = true };
        }
    }

    private void RememberPlaces(Image image, Delivery delivery) => _places?.Remember(
        image.Layers.Select(l => l.Descriptor.Digest), request.Target.Repository,
        image.Layers.Where((_, i) => delivery.Layers[i] == Transfer.Sent).Select(l => l.Descriptor.Digest).ToHashSet());

    // It saves work, and is no part of the image. The code is that of the cause, which is what its page helps with.
    private void WarnOfRefusal(ImageRepository repository, ContainerException e) =>
        reporter.Warn(e.Diagnostic with { Message = "{0} keeps no layers of this build, which go with each app instead: {1}" }, repository.ToString(), e.Message);

    // A library that is sent was to be shared, and is not.
    private void WarnOfCopies(AssembledImage assembled, Delivery delivery)
    {
        if (request.Target.Location is not { } location) return;
        for (var i = 0; i < assembled.Layers.Length; i++)
        {
            if (assembled.Layers[i] is not { Outcome: LayerOutcome.Library, Library: { } library } || delivery.Layers[i] != Transfer.Sent) continue;
            var why = location.Registry is { } registry && library.Location?.Registry == registry
                ? $"since {registry} did not mount them from {library.Location.Name}"
                : $"since the library image lies elsewhere: {library}";
            reporter.Warn(Diagnostics.LibraryCopied, assembled.Layers[i].Name, assembled.Image.Layers[i].Descriptor.Size, request.Target.Display, why);
        }
    }
}
