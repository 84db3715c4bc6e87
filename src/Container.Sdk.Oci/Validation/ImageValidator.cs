using System.Formats.Tar;

namespace Container.Sdk.Oci;

/// <summary>
/// Checks an image as strictly as it can be checked: every digest, size and diff id, the media types, the number of
/// history entries, and the entries of every layer. Every test that makes an image calls it.
/// </summary>
public static class ImageValidator
{
    /// <summary>Reads the whole image.</summary>
    /// <returns>What is wrong, a sentence each; empty where nothing is.</returns>
    public static async Task<IReadOnlyList<string>> ValidateAsync(Image image, CancellationToken cancellation)
    {
        var findings = new List<string>();
        CheckDocuments(image, findings);
        foreach (var layer in image.Layers) await CheckLayerAsync(layer, findings, cancellation).ConfigureAwait(false);
        return findings;
    }

    private static void CheckDocuments(Image image, List<string> findings)
    {
        var format = image.Manifest.Format;
        Expect(Digest.Of(image.ConfigurationBytes) == image.Manifest.Config.Digest, "the configuration has another digest than the manifest says");
        Expect(image.ConfigurationBytes.Length == image.Manifest.Config.Size, "the configuration has another size than the manifest says");
        Expect(image.Manifest.Config.MediaType == MediaTypes.Config(format), $"the configuration is '{image.Manifest.Config.MediaType}' in a manifest of the format {format}");
        Expect(image.Manifest.ToBytes().AsSpan().SequenceEqual(ImageManifest.Parse(image.ManifestBytes, "manifest").ToBytes()), "the manifest's bytes are not what was read of it");
        Expect(Json.ParseObject(image.ManifestBytes).GetString("mediaType") == MediaTypes.Manifest(format), "the manifest does not say its media type");
        Expect(image.Configuration.DiffIds.Count == image.Manifest.Layers.Length, "the configuration has not a diff id for every layer");
        Expect(image.Configuration.LayersInHistory == image.Manifest.Layers.Length, $"the history has {image.Configuration.LayersInHistory} entries with a layer for {image.Manifest.Layers.Length} layers");
        foreach (var layer in image.Manifest.Layers)
            Expect(MediaTypes.Layer(layer.MediaType, format) == layer.MediaType, $"a layer is '{layer.MediaType}' in a manifest of the format {format}");

        void Expect(bool holds, string otherwise)
        {
            if (!holds) findings.Add(otherwise);
        }
    }

    private static async Task CheckLayerAsync(ImageLayer layer, List<string> findings, CancellationToken cancellation)
    {
        var name = $"layer {layer.Descriptor.Digest.Abbreviated}";
        try
        {
            using var blob = await layer.Content.OpenAsync(cancellation).ConfigureAwait(false);
            using var verified = new VerifiedStream(blob, layer.Descriptor, name);
            using var plain = Expand(layer, verified);
            using var hashing = new HashingStream(Stream.Null);
            await plain.CopyToAsync(hashing, cancellation).ConfigureAwait(false);
            await verified.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
            if (hashing.Digest() != layer.DiffId) findings.Add($"{name} has another diff id than the configuration says");
            if (hashing.Count % TarHeader.BlockSize != 0) findings.Add($"{name} is no tar: its size is no multiple of {TarHeader.BlockSize}");
            await CheckEntriesAsync(layer, name, findings, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ContainerException or InvalidDataException or IOException)
        {
            findings.Add($"{name}: {e.Message}");
        }
    }

    private static async Task CheckEntriesAsync(ImageLayer layer, string name, List<string> findings, CancellationToken cancellation)
    {
        using var blob = await layer.Content.OpenAsync(cancellation).ConfigureAwait(false);
        using var reader = new TarReader(Expand(layer, blob));
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.GetNextEntryAsync(cancellationToken: cancellation).ConfigureAwait(false) is { } entry)
        {
            if (entry.Name.StartsWith('/') || entry.Name.Split('/').Contains("..")) findings.Add($"{name} has the entry '{entry.Name}', which leads out of the image");
            if (!names.Add(entry.Name.TrimEnd('/'))) findings.Add($"{name} has the entry '{entry.Name}' twice");
        }
    }

    private static Stream Expand(ImageLayer layer, Stream blob) =>
        layer.Descriptor.MediaType is MediaTypes.OciLayer or MediaTypes.DockerLayer ? blob : new GzipReader(blob, leaveOpen: true);
}
