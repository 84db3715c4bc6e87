using Container.Sdk.Oci;

namespace Container.Sdk.Transports;

/// <summary>
/// A kind of place: how images are read from it and written to it. Its notation and its values are in
/// <c>Container.Sdk.Oci</c>, folder <c>Places</c>. What belongs to another kind is <c>null</c>.
/// </summary>
public interface ITransport
{
    /// <summary>The image that a reference names. Nothing is asked before it is resolved.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="reporter">Told what happens.</param>
    IImageSource? Source(ImageReference reference, IReporter reporter);

    /// <summary>The place that an image is to be delivered to. Nothing is asked before it is prepared.</summary>
    /// <param name="target">The place.</param>
    /// <param name="format">The format that the project asks for, or <c>null</c>.</param>
    IImageDestination? Destination(ImageTarget target, ImageFormat? format);

    /// <summary>A repository to look into. Nothing is asked before something is looked for.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="reporter">Told what happens.</param>
    IRepositoryReader? Reader(ImageRepository repository, IReporter reporter);
}
