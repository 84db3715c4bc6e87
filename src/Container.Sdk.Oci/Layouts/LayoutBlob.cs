namespace Container.Sdk.Oci;

/// <summary>A blob that lies in a folder.</summary>
internal sealed record LayoutBlob(BlobFolder Blobs, Descriptor Descriptor) : IBlob
{
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult(Blobs.Open(Descriptor));
}
