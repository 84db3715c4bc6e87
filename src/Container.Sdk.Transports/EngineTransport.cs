using Container.Sdk.Engines;
using Container.Sdk.Oci;

namespace Container.Sdk.Transports;

/// <summary>The local engine's own store: <c>docker-daemon:</c>.</summary>
/// <param name="options">Which engine.</param>
public sealed class EngineTransport(EngineOptions options) : ITransport
{
    /// <inheritdoc/>
    public IImageSource? Source(ImageReference reference, IReporter reporter) => reference is DaemonReference r ? new EngineImageSource(r, options) : null;

    /// <inheritdoc/>
    public IImageDestination? Destination(ImageTarget target, ImageFormat? format) =>
        target is EngineTarget t ? new EngineImageDestination(options, t.Repository, t.Tags) : null;

    /// <inheritdoc/>
    public IRepositoryReader? Reader(ImageRepository repository, IReporter reporter) => null;
}
