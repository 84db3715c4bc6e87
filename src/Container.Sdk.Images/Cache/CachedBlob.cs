using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>The bytes of a layer in the cache.</summary>
internal sealed record CachedBlob(CachedLayer Cached) : IBlob
{
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult(Cached.Folder.Open(Cached.Layer));
}
