using Container.Sdk.Oci;

namespace Container.Sdk.Transports;

/// <summary>The kinds of places. One more is one more row.</summary>
/// <param name="transports">The rows.</param>
public sealed class TransportTable(params IReadOnlyList<ITransport> transports)
{
    /// <summary>The image that a reference names; <c>null</c> for <c>scratch</c>, which lies nowhere.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="reporter">Told what happens.</param>
    public IImageSource? Source(ImageReference reference, IReporter reporter) => reference is ScratchReference ? null : Find(t => t.Source(reference, reporter), reference);

    /// <summary>The place that an image is to be delivered to; <c>null</c> where it goes nowhere.</summary>
    /// <param name="target">The place.</param>
    /// <param name="format">The format that the project asks for, or <c>null</c>.</param>
    public IImageDestination? Destination(ImageTarget target, ImageFormat? format) => target is NoTarget ? null : Find(t => t.Destination(target, format), target);

    /// <summary>A repository to look into.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="reporter">Told what happens.</param>
    public IRepositoryReader Reader(ImageRepository repository, IReporter reporter) => Find(t => t.Reader(repository, reporter), repository);

    /// <summary>Where the bytes of an image's layer can be had. Nobody is asked before they are read.</summary>
    /// <param name="image">The image.</param>
    /// <param name="layer">The layer.</param>
    public IBlob Blob(ImageReference image, Descriptor layer) => Reader(image.Location!, new SilentReporter()).Blob(layer);

    private T Find<T>(Func<ITransport, T?> ask, object place) where T : class =>
        transports.Select(ask).FirstOrDefault(found => found is not null) ?? throw new NotSupportedException(place.GetType().Name);
}

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
