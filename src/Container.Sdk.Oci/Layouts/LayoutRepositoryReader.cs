namespace Container.Sdk.Oci;

/// <summary>A repository of a registry in a folder, to look into.</summary>
public sealed class LayoutRepositoryReader(LayoutRepository repository) : IRepositoryReader
{
    private readonly ImageLayout _layout = new(repository.Folder);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellation)
    {
        var tags = new List<Tag>();
        foreach (var manifest in _layout.ReadIndex().Manifests)
        {
            if (manifest.Annotations.TryGetValue(ImageLayout.RefName, out var name) && name.StartsWith($"{repository.Name}:", StringComparison.Ordinal)
                && Tag.TryParse(name[(repository.Name.Value.Length + 1)..], out var tag)) tags.Add(tag);
        }
        return Task.FromResult<IReadOnlyList<Tag>>(tags);
    }

    /// <inheritdoc/>
    public Task<Image?> FindAsync(Tag tag, CancellationToken cancellation) => ReadAsync(_layout.Find($"{repository.Name}:{tag}"), $"{repository}:{tag}", cancellation);

    /// <inheritdoc/>
    public Task<Image?> FindAsync(Digest digest, CancellationToken cancellation)
    {
        // An image whose tag moved on is in no index any more; its manifest still lies among the blobs.
        var file = new FileInfo(_layout.Blobs.PathOf(digest));
        return file.Exists && file.Length <= ImageManifest.LargestSize
            ? ReadAsync(new Descriptor(MediaTypes.OciManifest, digest, file.Length), $"{repository}@{digest}", cancellation)
            : Task.FromResult<Image?>(null);
    }

    /// <inheritdoc/>
    public IBlob Blob(Descriptor descriptor) => new LayoutBlob(_layout.Blobs, descriptor);

    private async Task<Image?> ReadAsync(Descriptor? manifest, string name, CancellationToken cancellation) =>
        manifest is null ? null : await _layout.ReadAsync(manifest, platform: null, name, cancellation).ConfigureAwait(false);
}

/// <summary>A blob that lies in a folder.</summary>
internal sealed record LayoutBlob(BlobFolder Blobs, Descriptor Descriptor) : IBlob
{
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult(Blobs.Open(Descriptor));
}
