using Container.Sdk.Oci;

namespace Container.Sdk.Transports;

/// <summary>OCI image layouts in folders, used as registries: <c>oci:</c>.</summary>
public sealed class LayoutTransport : ITransport
{
    /// <inheritdoc/>
    public IImageSource? Source(ImageReference reference, IReporter reporter) => reference is LayoutReference r ? new LayoutImageSource(r) : null;

    /// <inheritdoc/>
    public IImageDestination? Destination(ImageTarget target, ImageFormat? format) =>
        target is LayoutTarget t ? new LayoutImageDestination(t.Folder, t.Repository, t.Tags) : null;

    /// <inheritdoc/>
    public IRepositoryReader? Reader(ImageRepository repository, IReporter reporter) => repository is LayoutRepository r ? new LayoutRepositoryReader(r) : null;
}
