using Container.Sdk.Oci;
using Container.Sdk.Registry;

namespace Container.Sdk.Transports;

/// <summary>Registries: what has no prefix.</summary>
/// <param name="clients">The client for a registry.</param>
public sealed class RegistryTransport(Func<RegistryHost, RegistryClient> clients) : ITransport
{
    /// <inheritdoc/>
    public IImageSource? Source(ImageReference reference, IReporter reporter) =>
        reference is RegistryReference r ? new RegistryImageSource(clients(r.Host), r, new Caller(reporter)) : null;

    /// <inheritdoc/>
    public IImageDestination? Destination(ImageTarget target, ImageFormat? format) =>
        target is RegistryTarget t ? new RegistryImageDestination(clients(t.Host), t.Repository, t.Tags) : null;

    /// <inheritdoc/>
    public IRepositoryReader? Reader(ImageRepository repository, IReporter reporter) =>
        repository is HostRepository r ? new RegistryRepositoryReader(clients(r.Host), r.Name, new Caller(reporter)) : null;
}
