using Container.Sdk.BuiltIn;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>
/// Publishes the layers of referenced projects as thin images, before the app that has them: once in a build, however many
/// apps refer to the project.
/// </summary>
internal sealed class ThinImages(BuildSession session, ImageTarget target, IReporter reporter)
{
    /// <summary>Publishes what is not there, and says of each layer where it can be mounted from.</summary>
    public async Task<Image> DeliverAsync(ImagePlan plan, Image image, CancellationToken cancellation)
    {
        if (target is not (RegistryTarget or FolderTarget)) return image;
        var first = image.Layers.Length - plan.Layers.Length;
        var layers = image.Layers.ToBuilder();
        for (var i = 0; i < plan.Layers.Length; i++)
        {
            if (plan.Layers[i].ThinImage is not { } repository || repository == target.Repository) continue;
            var (planned, layer) = (plan.Layers[i], layers[first + i]);
            var thin = Target(repository, LibraryTag.OfSource(layer.DiffId));
            await session.OnceAsync($"thin {thin.Display}", c => DeliverAsync(thin, planned, layer, c)).WaitAsync(cancellation).ConfigureAwait(false);
            if (target is RegistryTarget { Host: var host }) layers[first + i] = layer with { Content = new PlacedBlob(layer.Content, host, repository) };
        }
        return image with { Layers = layers.ToImmutable() };
    }

    private async Task<Delivery?> DeliverAsync(ImageTarget thin, PlannedLayer planned, ImageLayer layer, CancellationToken cancellation)
    {
        var destination = session.Destination(thin, null)!;
        // The tag is a function of the content: what is there is the same.
        if (await destination.PrepareAsync(cancellation).ConfigureAwait(false) is { } present && present.Configuration.DiffIds.SequenceEqual([layer.DiffId])) return null;
        reporter.Detail($"{planned.Name} is published as {thin.Display}.");
        return await destination.DeliverAsync(ThinImage.Of(layer, planned.Name, planned.CreatedBy), cancellation).ConfigureAwait(false);
    }

    private ImageTarget Target(RepositoryName repository, Tag tag) => target switch
    {
        RegistryTarget t => new RegistryTarget(t.Host, repository, [tag]),
        FolderTarget t => new FolderTarget(t.Folder, repository, [tag]),
        _ => throw new NotSupportedException(target.GetType().Name),
    };
}
