using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>A blob that lies in a registry.</summary>
internal sealed class RegistryBlob(RegistryRepository repository, Descriptor descriptor) : IBlob
{
    /// <inheritdoc/>
    public RepositoryName? PlaceIn(RegistryHost registry) => registry == repository.Client.Host ? repository.Name : null;

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellation) => repository.OpenBlobAsync(descriptor, cancellation);
}
