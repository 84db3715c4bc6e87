using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>An image in a registry.</summary>
/// <param name="client">The registry.</param>
/// <param name="reference">The image.</param>
/// <param name="caller">On whose behalf; <c>null</c>: nobody's.</param>
public sealed class RegistryImageSource(RegistryClient client, RegistryReference reference, Caller? caller = null) : IImageSource
{
    /// <inheritdoc/>
    public Task<Image> ResolveAsync(Platform platform, CancellationToken cancellation) => Deadline.KeepAsync(
        client.Options.Deadline, c => FindAsync(platform, c),
        minutes => Diagnostics.Unreachable.Error(client.Host.Value, $"{reference} was not there after {minutes} minutes"), cancellation);

    private async Task<Image> FindAsync(Platform platform, CancellationToken cancellation)
    {
        var repository = client.Open(reference.Repository, RegistryAccess.Pull, caller);
        var document = reference.Digest is { } digest
            ? await repository.GetManifestAsync(digest, cancellation).ConfigureAwait(false)
            : await repository.GetManifestAsync(reference.Tag!, cancellation).ConfigureAwait(false);
        if (document is null) throw Diagnostics.ImageNotFound.Error(reference.ToString());

        var name = reference.ToString();
        if (MediaTypes.IsIndex(document.MediaType))
        {
            // From here on only digests are asked for: the tag may move.
            var chosen = ImageIndex.Parse(document.Bytes, name).Select(platform, name);
            name = $"{client.Host}/{reference.Repository}@{chosen.Digest}";
            document = await repository.GetManifestAsync(chosen.Digest, cancellation).ConfigureAwait(false) ?? throw Diagnostics.ImageNotFound.Error(name);
            if (document.Bytes.Length != chosen.Size)
                throw Diagnostics.SizeMismatch.Error($"The manifest {chosen.Digest}", client.Host.Value, document.Bytes.Length, chosen.Size);
            if (MediaTypes.IsIndex(document.MediaType)) throw Diagnostics.NotAnImage.Error(name, "it is an index in an index");
        }
        var image = await ImageReader.ReadAsync(repository, document, name, cancellation).ConfigureAwait(false);
        if (!platform.Accepts(image.Configuration.Platform))
            throw Diagnostics.NoMatchingPlatform.Error(reference.ToString(), platform.ToString(), image.Configuration.Platform.ToString());
        return image;
    }
}
