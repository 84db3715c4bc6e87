namespace Container.Sdk.Oci;

/// <summary>Delivers to a registry in a folder.</summary>
/// <param name="folder">Absolute path of the layout; made where it is not there.</param>
/// <param name="repository">The repository.</param>
/// <param name="tags">The tags.</param>
public sealed class LayoutImageDestination(string folder, RepositoryName repository, IReadOnlyList<Tag> tags) : IImageDestination
{
    private const long LongCopy = 100_000_000;

    private readonly ImageLayout _layout = new(folder);

    /// <inheritdoc/>
    public string Name => $"oci:{folder}:{repository}";

    /// <summary>A layout holds what the OCI specification knows; umoci and skopeo read nothing else from it.</summary>
    public ImageFormat? RequiredFormat => ImageFormat.Oci;

    /// <inheritdoc/>
    public async Task<Image?> PrepareAsync(IReporter reporter, CancellationToken cancellation)
    {
        Writability.Check(folder);
        if (!Directory.Exists(folder)) return null;
        if (!_layout.Exists && Directory.EnumerateFileSystemEntries(folder).Any(e => !AtomicFile.IsPartial(e) && Path.GetFileName(e) is not ("blobs" or "index.json" or "index.json.lock" or "oci-layout")))
            throw Diagnostics.DamagedLayout.Error(folder, "it holds other files, and no index.json");
        if (_layout.Find($"{repository}:{tags[0]}") is not { } present || !MediaTypes.IsManifest(present.MediaType)) return null;
        try
        {
            var image = await _layout.ReadAsync(present, null, Name, cancellation).ConfigureAwait(false);
            // A layout may be copied in part, or cleaned by hand: only a whole image can be built upon.
            return image.Layers.All(l => _layout.Blobs.Has(l.Descriptor)) ? image : null;
        }
        catch (ContainerException e)
        {
            reporter.Detail($"{Name}:{tags[0]} has no image that could be reused: {e.Message}");
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<Delivery> DeliverAsync(Image image, IReporter reporter, CancellationToken cancellation)
    {
        var transfers = new List<Transfer>();
        long sent = 0;
        foreach (var layer in image.Layers)
        {
            if (layer.Descriptor.Size >= LongCopy && !_layout.Blobs.Has(layer.Descriptor)) reporter.Progress($"copying a layer, {layer.Descriptor.Size / 1_000_000} MB");
            var copied = await _layout.Blobs.CopyAsync(layer.Descriptor, layer.Content.OpenAsync, cancellation).ConfigureAwait(false);
            transfers.Add(copied ? Transfer.Sent : Transfer.Reused);
            if (copied) sent += layer.Descriptor.Size;
        }
        var names = tags.Select(t => $"{repository}:{t}").ToList();
        if (names.All(n => _layout.Find(n)?.Digest == image.Descriptor.Digest) && _layout.Blobs.Has(image.Descriptor) && _layout.Blobs.Has(image.Manifest.Config))
            return new Delivery(transfers, sent, 0);
        _layout.Blobs.Write(image.Manifest.Config, image.ConfigurationBytes);
        _layout.Blobs.Write(image.Descriptor, image.ManifestBytes);
        _layout.Name(image.Descriptor with { Platform = image.Configuration.Platform }, names);
        return new Delivery(transfers, sent + image.ConfigurationBytes.Length + image.ManifestBytes.Length, 0);
    }
}
