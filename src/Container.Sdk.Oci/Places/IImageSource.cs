namespace Container.Sdk.Oci;

/// <summary>Where an image comes from: a registry, a folder, an archive, an engine.</summary>
public interface IImageSource
{
    /// <summary>Fetches the manifest and the configuration of the image for a platform; no layer is fetched.</summary>
    /// <exception cref="ContainerException">It is not there, is no image, is damaged, or has no such platform.</exception>
    Task<Image> ResolveAsync(Platform platform, CancellationToken cancellation);
}

/// <summary>Where an image goes to: a registry, a folder, an archive, an engine.</summary>
public interface IImageDestination
{
    /// <summary>How a person writes the place, without tag: <c>registry.example.com/orders-api</c>.</summary>
    string Name { get; }

    /// <summary>The format that the destination needs, or <c>null</c> where it takes both.</summary>
    ImageFormat? RequiredFormat { get; }

    /// <summary>
    /// Finds out, cheaply and without changing anything, whether an image can be delivered: that the place answers,
    /// lets us in and can be written.
    /// </summary>
    /// <param name="reporter">Told what is found.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The image that the first tag has now, with its layers, so that unchanged ones are taken over; or <c>null</c>.</returns>
    Task<Image?> PrepareAsync(IReporter reporter, CancellationToken cancellation);

    /// <summary>
    /// Delivers the image: what is there already is not sent, and the tags are written last. A tag has its old value or
    /// the complete new image, never anything between.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="reporter">Told about long work.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<Delivery> DeliverAsync(Image image, IReporter reporter, CancellationToken cancellation);
}

/// <summary>What happened to one blob.</summary>
public enum Transfer
{
    /// <summary>It was there already.</summary>
    Reused,

    /// <summary>The registry mounted it from another of its repositories.</summary>
    Mounted,

    /// <summary>Its bytes were sent.</summary>
    Sent,
}

/// <summary>What a delivery did.</summary>
/// <param name="Layers">What happened to each layer, in the manifest's order.</param>
/// <param name="BytesSent">Bytes of blobs and manifests that were sent or written.</param>
/// <param name="Requests">Requests over the network.</param>
/// <param name="ArchivePath">The archive that was written, or <c>null</c>.</param>
public sealed record Delivery(IReadOnlyList<Transfer> Layers, long BytesSent, int Requests, string? ArchivePath = null);

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
