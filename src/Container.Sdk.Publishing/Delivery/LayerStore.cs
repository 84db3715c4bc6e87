using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary><c>ContainerLayerRepository</c>: the repository that keeps one copy of every layer, for all apps and machines.</summary>
internal sealed class LayerStore(PublishSession session, ImageRepository repository, Access access, IReporter reporter) : ILayerStore
{
    private readonly IRepositoryReader _reader = session.Transports(access).Reader(repository, reporter);

    /// <inheritdoc/>
    public Task<Image?> FindAsync(Digest key, CancellationToken cancellation) =>
        session.OnceAsync(new LookUp(repository, key, access), c => LookAsync(SharedLayers.TagOf(key), c)).WaitAsync(cancellation);

    /// <inheritdoc/>
    public IBlob Blob(Descriptor layer) => _reader.Blob(layer);

    // Packing is always possible; whatever is wrong here is no reason to fail.
    private async Task<Image?> LookAsync(Tag tag, CancellationToken cancellation)
    {
        try
        {
            return await _reader.FindAsync(tag, cancellation).ConfigureAwait(false);
        }
        catch (ContainerException e)
        {
            reporter.Detail($"{repository}:{tag} is not used: {e.Message}");
            return null;
        }
    }

    private sealed record LookUp(ImageRepository Repository, Digest Key, Access Access);
}
