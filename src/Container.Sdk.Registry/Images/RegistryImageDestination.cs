using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>A repository of a registry, and the tags that are to point to the image there.</summary>
public sealed class RegistryImageDestination : IImageDestination
{
    private readonly RegistryClient _client;
    private readonly RepositoryName _name;
    private readonly IReadOnlyList<Tag> _tags;
    private Present? _present;
    private int _asked;

    /// <summary>A destination.</summary>
    /// <param name="client">The registry.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="tags">The tags, at least one.</param>
    public RegistryImageDestination(RegistryClient client, RepositoryName repository, IReadOnlyList<Tag> tags)
    {
        ArgumentOutOfRangeException.ThrowIfZero(tags.Count);
        (_client, _name, _tags) = (client, repository, tags);
    }

    /// <inheritdoc/>
    public string Name => $"{_client.Host}/{_name}";

    /// <inheritdoc/>
    public ImageFormat? RequiredFormat => null;

    /// <inheritdoc/>
    public Task<Image?> PrepareAsync(IReporter reporter, CancellationToken cancellation) => Deadline.KeepAsync(
        _client.Options.Deadline, c => LookAsync(Open(reporter), c),
        minutes => Diagnostics.Unreachable.Error(_client.Host.Value, $"it was not looked through after {minutes} minutes"), cancellation);

    /// <inheritdoc/>
    public Task<Delivery> DeliverAsync(Image image, IReporter reporter, CancellationToken cancellation) => Deadline.KeepAsync(
        _client.Options.Deadline, c => SendAsync(image, Open(reporter), c),
        minutes => Diagnostics.UploadFailed.Error("The image", Name, $"it was not done after {minutes} minutes"), cancellation);

    /// <summary>
    /// The first request asks with the credentials and the token that writing needs, so wrong ones fail here. Where the tag is
    /// new, an upload is begun and given up: this is when a repository is new too, when rights are wrong, and when the
    /// registry wants it created first; and two small requests are nothing beside the whole image that follows. An image
    /// that is there shows that somebody could write, and the usual publish pays nothing.
    /// </summary>
    private async Task<Image?> LookAsync(RegistryRepository repository, CancellationToken cancellation)
    {
        try
        {
            return await LookIntoAsync(repository, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _asked += repository.Caller.Requests;
        }
    }

    private async Task<Image?> LookIntoAsync(RegistryRepository repository, CancellationToken cancellation)
    {
        RegistryManifest? document;
        try
        {
            document = await repository.GetManifestAsync(_tags[0], cancellation).ConfigureAwait(false);
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.Forbidden)
        {
            // Some registries answer so where there is nothing yet; whether writing is forbidden is asked below.
            document = null;
        }
        catch (ContainerException e) when (IsDamage(e))
        {
            return Unknown(repository, e.Message);
        }
        if (document is null)
        {
            await repository.CheckPushAsync(cancellation).ConfigureAwait(false);
            _present = new Present(null, null);
            return null;
        }
        if (MediaTypes.IsIndex(document.MediaType)) return Unknown(repository, "it is an index");
        try
        {
            var image = await ImageReader.ReadAsync(repository, document, $"{Name}:{_tags[0]}", cancellation).ConfigureAwait(false);
            _present = new Present(document.Digest, image);
            return image;
        }
        catch (ContainerException e) when (IsDamage(e) || e.Diagnostic == Diagnostics.RegistryError)
        {
            return Unknown(repository, e.Message);
        }
    }

    // What is there and cannot be used is no reason not to write something better.
    private Image? Unknown(RegistryRepository repository, string reason)
    {
        repository.Caller.Reporter.Detail($"{Name}:{_tags[0]} is not looked into: {reason}");
        _present = new Present(null, null);
        return null;
    }

    private static bool IsDamage(ContainerException e) => e.Diagnostic.Code.StartsWith("CSDK4", StringComparison.Ordinal);

    private async Task<Delivery> SendAsync(Image image, RegistryRepository repository, CancellationToken cancellation)
    {
        var digest = image.Descriptor.Digest;
        var present = _present ?? new Present(await repository.FindDigestAsync(_tags[0], cancellation).ConfigureAwait(false), null);
        var isThere = present.Digest == digest;
        var missing = isThere ? await OthersAsync(repository, digest, cancellation).ConfigureAwait(false) : _tags;
        // A manifest that the registry serves proves that it has the blobs.
        var known = present.Image is { } old ? BlobsOf(old) : [];
        var blobs = new BlobDelivery(repository, image);
        var transfers = isThere ? null : await blobs.RunAsync(known.Contains, cancellation).ConfigureAwait(false);

        var tagging = new Tagging(repository, image);
        foreach (var tag in missing)
        {
            try
            {
                await tagging.WriteAsync(tag, cancellation).ConfigureAwait(false);
            }
            catch (MissingBlobsException)
            {
                // A garbage collection may have taken what was believed to be there.
                repository.Caller.Reporter.Detail($"{_client.Host} misses blobs of the image; all of them are looked for.");
                var repaired = await blobs.RepairAsync(cancellation).ConfigureAwait(false);
                transfers = Merge(transfers, repaired);
                await tagging.WriteAgainAsync(tag, cancellation).ConfigureAwait(false);
            }
        }
        _present = new Present(digest, image);
        return new Delivery([.. image.Layers.Select(l => transfers?.GetValueOrDefault(l.Descriptor.Digest) ?? Transfer.Reused)], repository.Caller.BytesSent, _asked + repository.Caller.Requests);
    }

    /// <summary>The tags beside the first that are not the image's yet.</summary>
    private async Task<IReadOnlyList<Tag>> OthersAsync(RegistryRepository repository, Digest digest, CancellationToken cancellation)
    {
        if (_tags.Count == 1) return [];
        var found = await Task.WhenAll(_tags.Skip(1).Select(t => repository.FindDigestAsync(t, cancellation))).ConfigureAwait(false);
        return [.. _tags.Skip(1).Where((_, i) => found[i] != digest)];
    }

    private RegistryRepository Open(IReporter reporter) => _client.Open(_name, RegistryAccess.Push, new Caller(reporter));

    private static HashSet<Digest> BlobsOf(Image image) => [image.Manifest.Config.Digest, .. image.Layers.Select(l => l.Descriptor.Digest)];

    private static Dictionary<Digest, Transfer> Merge(IReadOnlyDictionary<Digest, Transfer>? first, IReadOnlyDictionary<Digest, Transfer> second)
    {
        var merged = new Dictionary<Digest, Transfer>(second);
        foreach (var (digest, transfer) in first ?? merged)
            if (transfer != Transfer.Reused) merged[digest] = transfer;
        return merged;
    }

    /// <summary>What is under the first tag: its digest, and the image where it is one that can be used.</summary>
    private sealed record Present(Digest? Digest, Image? Image);
}
