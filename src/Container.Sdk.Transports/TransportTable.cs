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

    private T Find<T>(Func<ITransport, T?> ask, object place) where T : class =>
        transports.Select(ask).FirstOrDefault(found => found is not null) ?? throw new NotSupportedException(place.GetType().Name);
}
