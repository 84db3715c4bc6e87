using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>The manifest of one image: OCI image specification, manifest.md; or Docker's schema 2.</summary>
/// <param name="Format">Whose media types it carries.</param>
/// <param name="Config">The configuration.</param>
/// <param name="Layers">The layers, from the bottom.</param>
public sealed record ImageManifest(ImageFormat Format, Descriptor Config, ImmutableArray<Descriptor> Layers)
{
    /// <summary>The most bytes that registries accept for a manifest (distribution specification, "Pushing manifests").</summary>
    public const int LargestSize = 4 << 20;

    /// <summary>Media type of the manifest itself.</summary>
    public string MediaType => MediaTypes.Manifest(Format);

    /// <summary>Reads a manifest.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="name">What it is the manifest of, for messages.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotAnImage"/> or <see cref="Diagnostics.ForeignLayer"/></exception>
    public static ImageManifest Parse(ReadOnlySpan<byte> utf8, string name)
    {
        try
        {
            var json = Json.ParseObject(utf8);
            if (json.ContainsKey("manifests")) throw new JsonException("it is a manifest and an index at once");
            var config = Descriptor.Parse(json.GetObject("config") ?? throw new JsonException("it has no configuration"));
            var layers = json.GetArray("layers") ?? throw new JsonException("it has no layers");
            var manifest = new ImageManifest(FormatOf(json, config), config, [.. layers.Select(l => Descriptor.Parse(l as JsonObject ?? throw new JsonException("a layer is no descriptor")))]);
            foreach (var layer in manifest.Layers)
            {
                if (layer.Urls.Length > 0 || layer.MediaType.Contains("foreign", StringComparison.Ordinal) || layer.MediaType.Contains("nondistributable", StringComparison.Ordinal))
                    throw Diagnostics.ForeignLayer.Error(name, layer.Urls.FirstOrDefault() ?? layer.MediaType);
                if (MediaTypes.Layer(layer.MediaType, ImageFormat.Oci) is null) throw new JsonException($"a layer is '{layer.MediaType}'");
            }
            return manifest;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Diagnostics.NotAnImage.Error(e, name, e.Message);
        }
    }

    /// <summary>The bytes that are stored and hashed.</summary>
    public byte[] ToBytes() => Json.ToBytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = MediaType,
        ["config"] = Config.ToJson(),
        ["layers"] = new JsonArray([.. Layers.Select(l => (JsonNode)l.ToJson())]),
    });

    private static ImageFormat FormatOf(JsonObject json, Descriptor config) => (json.GetString("mediaType"), config.MediaType) switch
    {
        (MediaTypes.OciManifest or null, MediaTypes.OciConfig) => ImageFormat.Oci,
        (MediaTypes.DockerManifest or null, MediaTypes.DockerConfig) => ImageFormat.Docker,
        // Mixed types are written by the in-box SDK and by some builders; the manifest's own type decides.
        (MediaTypes.OciManifest, MediaTypes.DockerConfig) => ImageFormat.Oci,
        (MediaTypes.DockerManifest, MediaTypes.OciConfig) => ImageFormat.Docker,
        var (manifest, type) => throw new JsonException($"it is '{manifest ?? "a manifest"}' with a configuration of the type '{type}'"),
    };
}
