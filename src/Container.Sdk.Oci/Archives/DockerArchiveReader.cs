using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>
/// Reads an image from the output of <c>docker save</c>: <c>manifest.json</c> names a configuration and its layers,
/// which lie in <c>&lt;id&gt;/layer.tar</c> before Docker 25, and in <c>blobs/</c> since then. Such an archive has no
/// manifest of the image's; one is made.
/// </summary>
internal sealed class DockerArchiveReader(ArchiveFile file)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public async Task<Image> ReadAsync(Platform platform, CancellationToken cancellation)
    {
        var images = ReadList().Select(ReadConfiguration).ToList();
        var (item, bytes, configuration) = Choose(images, platform);
        var diffIds = configuration.DiffIds;
        if (diffIds.Count != item.Layers.Count)
            throw Diagnostics.NotAnImage.Error(file.Name, $"'manifest.json' has {item.Layers.Count} layers, the configuration {diffIds.Count}");
        var layers = new List<ImageLayer>();
        for (var i = 0; i < diffIds.Count; i++)
            layers.Add(await new DockerArchiveLayer(file, item.Layers[i], diffIds[i]).ReadAsync(cancellation).ConfigureAwait(false));
        var config = new Descriptor(MediaTypes.DockerConfig, Digest.Of(bytes), bytes.Length);
        var manifest = new ImageManifest(ImageFormat.Docker, config, [.. layers.Select(l => l.Descriptor)]);
        return new Image(manifest, manifest.ToBytes(), configuration, bytes, [.. layers]);
    }

    private IEnumerable<Item> ReadList()
    {
        if (file.Find(ArchiveNames.Manifest) is not { } entry)
            throw file.Damaged(file.Find(ArchiveNames.Layout) is null ? "it has no 'manifest.json', so it is no docker archive" : "it is no docker archive, write oci-archive: before its name");
        try
        {
            var json = JsonNode.Parse(file.ReadDocument(entry), documentOptions: Strict) as JsonArray ?? throw new JsonException("it is no list");
            return [.. json.Select(i => Item.Parse(i as JsonObject ?? throw new JsonException("an image is no object")))];
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw file.Damaged($"'manifest.json' cannot be read, {e.Message}");
        }
    }

    private (Item Item, byte[] Bytes, ImageConfiguration Configuration) ReadConfiguration(Item item)
    {
        var bytes = file.ReadDocument(file.Get(item.Config));
        // Every writer but the oldest names it after its content: HEX.json, sha256:HEX or blobs/sha256/HEX.
        var name = item.Config[(item.Config.LastIndexOf('/') + 1)..];
        var hex = name.EndsWith(".json", StringComparison.Ordinal) ? name[..^".json".Length] : name;
        if (Digest.TryParse(hex.StartsWith("sha256:", StringComparison.Ordinal) ? hex : $"sha256:{hex}", out var expected) && Digest.Of(bytes) is var actual && actual != expected)
            throw Diagnostics.DigestMismatch.Error(expected.ToString(), file.Name, actual.ToString());
        return (item, bytes, ImageConfiguration.Parse(bytes, file.Name));
    }

    private (Item, byte[], ImageConfiguration Configuration) Choose(List<(Item Item, byte[] Bytes, ImageConfiguration Configuration)> images, Platform platform)
    {
        var fitting = images.Where(i => i.Configuration.Platform == platform).ToList();
        if (fitting.Count == 0) fitting = [.. images.Where(i => platform.Accepts(i.Configuration.Platform))];
        return fitting.Count switch
        {
            1 => fitting[0],
            0 => throw Diagnostics.NoMatchingPlatform.Error(file.Name, platform.ToString(),
                images.Count == 0 ? "none" : string.Join(", ", images.Select(i => i.Configuration.Platform.ToString()).Distinct())),
            _ => throw Diagnostics.NotAnImage.Error(file.Name,
                $"it holds {fitting.Count} images for {platform} ({string.Join(", ", fitting.Select(f => f.Item.Tags is [var tag, ..] ? tag : f.Item.Config))})"),
        };
    }

    private sealed record Item(string Config, IReadOnlyList<string> Layers, IReadOnlyList<string> Tags)
    {
        public static Item Parse(JsonObject json) =>
            new(json.GetString("Config") ?? throw new JsonException("an image has no 'Config'"), json.GetStrings("Layers"), json.GetStrings("RepoTags"));
    }
}

/// <summary>One layer of a <c>docker save</c> archive, of which only the digest of the uncompressed bytes is known.</summary>
internal sealed class DockerArchiveLayer(ArchiveFile file, string name, Digest diffId)
{
    public async Task<ImageLayer> ReadAsync(CancellationToken cancellation)
    {
        var entry = file.Get(name);
        var descriptor = await DescribeAsync(entry, cancellation).ConfigureAwait(false);
        return new ImageLayer(descriptor, diffId, new ArchiveBlob(file, entry, descriptor));
    }

    private async Task<Descriptor> DescribeAsync(TarEntry entry, CancellationToken cancellation)
    {
        var start = new byte[4];
        using (var content = file.Open(entry)) content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan().SequenceEqual([(byte)0x28, (byte)0xb5, (byte)0x2f, (byte)0xfd]))
            throw Diagnostics.NotAnImage.Error(file.Name, "a layer is compressed with zstd, for which Docker's format has no name; write oci-archive: before its name, or save it anew");
        // Docker itself saves layers uncompressed: their digest is the diff id, and is checked when they are read.
        if (!GzipReader.IsGzip(start)) return new Descriptor(MediaTypes.DockerLayer, diffId, entry.Size);
        return new Descriptor(MediaTypes.DockerLayerGzip, await DigestOfGzipAsync(entry, cancellation).ConfigureAwait(false), entry.Size);
    }

    // The in-box SDK compresses them under the same name. Nothing says what their digest should be but the diff id, so
    // they are expanded once; where a blob's name is its digest, that is enough, as in an image layout.
    private async Task<Digest> DigestOfGzipAsync(TarEntry entry, CancellationToken cancellation)
    {
        if (entry.Name.StartsWith("blobs/sha256/", StringComparison.Ordinal) && Digest.TryParse($"sha256:{entry.Name["blobs/sha256/".Length..]}", out var named)) return named;
        using var hash = SHA256.Create();
        var compressed = new CryptoStream(file.Open(entry), hash, CryptoStreamMode.Read);
        await using var _ = compressed.ConfigureAwait(false);
        var expanded = new GzipReader(compressed, leaveOpen: true);
        byte[] actual;
        try
        {
            await using var __ = expanded.ConfigureAwait(false);
            actual = await SHA256.HashDataAsync(expanded, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw file.Damaged($"the layer '{entry.Name}' cannot be expanded, {e.Message}");
        }
        if (Digest.FromHash(actual) is var digest && digest != diffId) throw Diagnostics.DigestMismatch.Error(diffId.ToString(), file.Name, digest.ToString());
        return Digest.FromHash(hash.Hash!);
    }
}
