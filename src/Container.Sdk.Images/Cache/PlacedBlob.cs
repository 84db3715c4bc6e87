using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>A blob of which it is known that some repository of a registry has it; this counts more than what was known before.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Registry">The registry.</param>
/// <param name="Repository">The repository that has it.</param>
public sealed record PlacedBlob(IBlob Blob, RegistryHost Registry, RepositoryName Repository) : IBlob
{
    /// <inheritdoc/>
    public RepositoryName? PlaceIn(RegistryHost registry) => registry == Registry ? Repository : Blob.PlaceIn(registry);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellation) => Blob.OpenAsync(cancellation);
}
