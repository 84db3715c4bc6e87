namespace Container.Sdk.Oci;

/// <summary>A repository to look into: which tags it has, and the images behind them.</summary>
public interface IRepositoryReader
{
    /// <summary>All tags, in no order that could be relied on; empty where there is no such repository.</summary>
    Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellation);

    /// <summary>The image under a tag, whatever its platform; no layer is fetched.</summary>
    /// <returns><c>null</c> where there is none.</returns>
    /// <exception cref="ContainerException">It is no image (an index is none), or is damaged, or the place does not answer.</exception>
    Task<Image?> FindAsync(Tag tag, CancellationToken cancellation);

    /// <summary>The image with a digest, whatever its platform; no layer is fetched.</summary>
    /// <returns><c>null</c> where there is none.</returns>
    /// <exception cref="ContainerException">As above.</exception>
    Task<Image?> FindAsync(Digest digest, CancellationToken cancellation);

    /// <summary>A blob of the repository. Nothing is asked before it is opened.</summary>
    IBlob Blob(Descriptor descriptor);
}
