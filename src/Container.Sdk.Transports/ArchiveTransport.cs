using Container.Sdk.Oci;

namespace Container.Sdk.Transports;

/// <summary>Archives: <c>oci-archive:</c> and <c>docker-archive:</c> to read, <c>ContainerArchiveOutputPath</c> to write.</summary>
public sealed class ArchiveTransport : ITransport
{
    /// <inheritdoc/>
    public IImageSource? Source(ImageReference reference, IReporter reporter) => reference is ArchiveReference r ? new ArchiveImageSource(r) : null;

    /// <inheritdoc/>
    public IImageDestination? Destination(ImageTarget target, ImageFormat? format) =>
        target is ArchiveTarget t ? new ArchiveImageDestination(t.File, t.Repository, t.Tags, format ?? ImageFormat.Oci) : null;

    /// <inheritdoc/>
    public IRepositoryReader? Reader(ImageRepository repository, IReporter reporter) => null;
}
