using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>The bytes of a layer in the cache.</summary>
/// <param name="Cached">The layer.</param>
public sealed record CachedBlob(CachedLayer Cached) : IBlob
{
    /// <inheritdoc/>
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult(Cached.Folder.Open(Cached.Layer));
}
