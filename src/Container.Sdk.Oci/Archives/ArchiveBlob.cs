namespace Container.Sdk.Oci;

/// <summary>A layer that lies in an archive.</summary>
internal sealed class ArchiveBlob(ArchiveFile file, TarEntry entry, Descriptor descriptor) : IBlob
{
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult<Stream>(file.Open(entry, descriptor));
}
