using Container.Sdk.Oci;

namespace Container.Sdk.BuiltIn;

/// <summary>A blob of which it is remembered that some repository of a registry has it.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Registry">The registry.</param>
/// <param name="Repository">The repository that has it.</param>
public sealed record PlacedBlob(IBlob Blob, RegistryHost Registry, RepositoryName Repository) : IBlob
{
    /// <inheritdoc/>
    public RepositoryName? PlaceIn(RegistryHost registry) => Blob.PlaceIn(registry) ?? (registry == Registry ? Repository : null);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellation) => Blob.OpenAsync(cancellation);
}
