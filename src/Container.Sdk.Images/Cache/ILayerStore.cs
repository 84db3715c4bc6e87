using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>
/// The repository that keeps one copy of every layer (<c>ContainerLayerRepository</c>), to look into by key. It may answer
/// whatever it likes: <see cref="SharedLayers"/> judges the answer.
/// </summary>
public interface ILayerStore
{
    /// <summary>The image that is kept for a key, or <c>null</c>; no layer is fetched. Several are asked for at once.</summary>
    /// <remarks>It does not fail: what cannot be read is not there.</remarks>
    Task<Image?> FindAsync(Digest key, CancellationToken cancellation);

    /// <summary>A layer of the repository. Nothing is asked before it is opened.</summary>
    IBlob Blob(Descriptor layer);
}
