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
