using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>Loads an image into the local engine, under all of its tags. An engine that has it already is sent nothing.</summary>
/// <param name="options">Which engine.</param>
/// <param name="repository">The name that the image gets.</param>
/// <param name="tags">The tags that the image gets.</param>
public sealed class EngineImageDestination(EngineOptions options, RepositoryName repository, IReadOnlyList<Tag> tags) : IImageDestination
{
    private ContainerEngine? _engine;

    /// <inheritdoc/>
    public string Name => $"docker-daemon:{repository}";

    /// <inheritdoc/>
    public ImageFormat? RequiredFormat => null;

    /// <inheritdoc/>
    public async Task<Image?> PrepareAsync(IReporter reporter, CancellationToken cancellation)
    {
        await EngineAsync(cancellation).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public async Task<Delivery> DeliverAsync(Image image, IReporter reporter, CancellationToken cancellation)
    {
        var engine = await EngineAsync(cancellation).ConfigureAwait(false);
        string[] names = [.. tags.Select(tag => engine.NameOf(repository, tag))];
        if (Are(image, await engine.InspectAsync(names, cancellation).ConfigureAwait(false)))
        {
            reporter.Detail($"{engine.Name} has this image already");
            return new Delivery([.. image.Layers.Select(_ => Transfer.Reused)], 0, 0);
        }
        var written = await engine.LoadAsync(image, repository, tags, reporter, cancellation).ConfigureAwait(false);
        var ids = await engine.InspectAsync(names, cancellation).ConfigureAwait(false);
        if (!Are(image, ids))
            throw Diagnostics.EngineFailed.Error(engine.Name, $"keep the image {string.Join(", ", names)}", ids is null ? "after loading it is not there" : $"after loading it is {string.Join(", ", ids.Distinct())}");
        return new Delivery([.. image.Layers.Select(_ => Transfer.Sent)], written, 0);
    }

    private async Task<ContainerEngine> EngineAsync(CancellationToken cancellation) =>
        _engine ??= (await ContainerEngine.FindAsync(options, cancellation).ConfigureAwait(false)).WithImages();

    private static bool Are(Image image, IReadOnlyList<string>? ids) =>
        ids is not null && ids.All(id => id == image.Manifest.Config.Digest.ToString() || id == image.Descriptor.Digest.ToString());
}
