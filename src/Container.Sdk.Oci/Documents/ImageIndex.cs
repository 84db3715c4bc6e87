using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>A list of manifests: OCI image specification, image-index.md; or Docker's manifest list.</summary>
/// <param name="MediaType">Media type of the index.</param>
/// <param name="Manifests">The manifests, in their order.</param>
public sealed record ImageIndex(string MediaType, ImmutableArray<Descriptor> Manifests)
{
    /// <summary>Reads an index.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="name">What it is the index of, for messages.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotAnImage"/></exception>
    public static ImageIndex Parse(ReadOnlySpan<byte> utf8, string name)
    {
        try
        {
            var json = Json.ParseObject(utf8);
            if (json.ContainsKey("layers") || json.ContainsKey("config")) throw new JsonException("it is a manifest and an index at once");
            var mediaType = json.GetString("mediaType") ?? MediaTypes.OciIndex;
            if (!MediaTypes.IsIndex(mediaType)) throw new JsonException($"it is an index that says it is '{mediaType}'");
            var manifests = json.GetArray("manifests") ?? throw new JsonException("it has no manifests");
            return new ImageIndex(
                mediaType,
                [.. manifests.Select(m => Descriptor.Parse(m as JsonObject ?? throw new JsonException("a manifest is no descriptor")))]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Diagnostics.NotAnImage.Error(e, name, e.Message);
        }
    }

    /// <summary>The manifest for a platform: the first that runs there, as every container tool chooses.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NoMatchingPlatform"/></exception>
    public Descriptor Select(Platform platform, string name) =>
        Manifests.FirstOrDefault(m => MediaTypes.IsManifest(m.MediaType) && m.Platform is { } p && platform == p)
        ?? Manifests.FirstOrDefault(m => MediaTypes.IsManifest(m.MediaType) && m.Platform is { } p && platform.Accepts(p))
        ?? throw Diagnostics.NoMatchingPlatform.Error(name, platform.ToString(), Offered());

    /// <summary>The bytes that are stored and hashed.</summary>
    public byte[] ToBytes() => Json.ToBytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = MediaType,
        ["manifests"] = new JsonArray([.. Manifests.Select(m => (JsonNode)m.ToJson())]),
    });

    private string Offered()
    {
        var platforms = Manifests.Where(m => m.Platform is { Os: not "unknown" }).Select(m => m.Platform!.ToString()).Distinct().ToList();
        return platforms.Count == 0 ? "none" : string.Join(", ", platforms);
    }
}
