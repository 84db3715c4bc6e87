using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>A repository of a registry, to look into.</summary>
/// <param name="client">The registry.</param>
/// <param name="name">The repository.</param>
/// <param name="caller">On whose behalf; <c>null</c>: nobody's.</param>
public sealed class RegistryRepositoryReader(RegistryClient client, RepositoryName name, Caller? caller = null) : IRepositoryReader
{
    private readonly RegistryRepository _repository = client.Open(name, RegistryAccess.Pull, caller);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellation) => KeepAsync(_repository.ListTagsAsync, cancellation);

    /// <inheritdoc/>
    public Task<Image?> FindAsync(Tag tag, CancellationToken cancellation) =>
        KeepAsync(async c => await ReadAsync(await _repository.GetManifestAsync(tag, c).ConfigureAwait(false), $"{_repository}:{tag}", c).ConfigureAwait(false), cancellation);

    /// <inheritdoc/>
    public Task<Image?> FindAsync(Digest digest, CancellationToken cancellation) =>
        KeepAsync(async c => await ReadAsync(await _repository.GetManifestAsync(digest, c).ConfigureAwait(false), $"{_repository}@{digest}", c).ConfigureAwait(false), cancellation);

    /// <inheritdoc/>
    public IBlob Blob(Descriptor descriptor) => new RegistryBlob(_repository, descriptor);

    private async Task<Image?> ReadAsync(RegistryManifest? document, string image, CancellationToken cancellation)
    {
        if (document is null) return null;
        if (MediaTypes.IsIndex(document.MediaType)) throw Diagnostics.NotAnImage.Error(image, "it is an index of several");
        return await ImageReader.ReadAsync(_repository, document, image, cancellation).ConfigureAwait(false);
    }

    private Task<T> KeepAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation) => Deadline.KeepAsync(
        client.Options.Deadline, work, minutes => Diagnostics.Unreachable.Error(client.Host.Value, $"{name} was not read after {minutes} minutes"), cancellation);
}
