using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>Writes the manifest of an image under a tag, and makes sure that it is there.</summary>
internal sealed class Tagging(RegistryRepository repository, Image image)
{
    private readonly Digest _digest = image.Descriptor.Digest;

    /// <summary>Writes a tag.</summary>
    /// <exception cref="MissingBlobsException">The registry does not have all blobs of the image.</exception>
    public async Task WriteAsync(Tag tag, CancellationToken cancellation)
    {
        Digest? said;
        try
        {
            said = await repository.PutManifestAsync(tag, image.Manifest.MediaType, image.ManifestBytes, cancellation).ConfigureAwait(false);
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.RegistryError || e.Diagnostic == Diagnostics.Unreachable)
        {
            // ECR refuses to write the same content to an immutable tag again (moby/buildkit#2004); and an answer may have been lost.
            if (await repository.FindDigestAsync(tag, cancellation).ConfigureAwait(false) != _digest) throw;
            repository.Caller.Reporter.Detail($"{repository}:{tag} was there already.");
            return;
        }
        if (said != _digest) await ConfirmAsync(tag, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes a tag after the missing blobs were sent.</summary>
    public async Task WriteAgainAsync(Tag tag, CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(tag, cancellation).ConfigureAwait(false);
        }
        catch (MissingBlobsException)
        {
            throw Diagnostics.RegistryError.Error(
                repository.Client.Host.Value, "400 MANIFEST_BLOB_UNKNOWN", $"PUT {repository}:{tag}",
                "it misses a blob of the image, although it says for each that it is there");
        }
    }

    /// <summary>
    /// Reads the tag back, where the answer did not name the digest. Docker Hub, ECR and GHCR may take a while to show what
    /// was just written.
    /// </summary>
    private async Task ConfirmAsync(Tag tag, CancellationToken cancellation)
    {
        var settings = repository.Client.Options.Retry;
        var waited = TimeSpan.Zero;
        for (var pause = settings.First; ; pause *= 2)
        {
            var found = await repository.FindDigestAsync(tag, cancellation).ConfigureAwait(false);
            if (found == _digest) return;
            if (found is not null || waited >= settings.Lag)
                throw Diagnostics.TagNotWritten.Error($"{repository}:{tag}@{_digest}", found?.ToString() ?? "nothing");
            await settings.Delay(pause, cancellation).ConfigureAwait(false);
            waited += pause;
        }
    }
}
