using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>What points to content: OCI image specification, descriptor.md.</summary>
/// <param name="MediaType">Media type of the content.</param>
/// <param name="Digest">Digest of the content.</param>
/// <param name="Size">Size of the content, in bytes.</param>
public sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    /// <summary>The most bytes that one blob may have: 1 TiB, far above any layer.</summary>
    public const long LargestBlob = 1L << 40;

    /// <summary>Annotations; empty where there are none.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = NoAnnotations;

    /// <summary>The platform that an image in an index is for; or <c>null</c>.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Addresses outside of the registry. They are never fetched (CVE-2020-15157); a layer that has them is refused.</summary>
    public ImmutableArray<string> Urls { get; init; } = [];

    /// <summary>No annotations, to add some to.</summary>
    public static ImmutableSortedDictionary<string, string> NoAnnotations { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Reads a descriptor.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Descriptor Parse(JsonObject json)
    {
        var mediaType = json.GetString("mediaType") ?? throw new JsonException("a descriptor has no mediaType");
        if (mediaType.Length > 255 || mediaType.AsSpan().ContainsAnyExceptInRange('!', '~')) throw new JsonException("a media type has impossible characters");
        if (!Digest.TryParse(json.GetString("digest"), out var digest)) throw new JsonException("a descriptor has no valid digest");
        if (json["size"] is not JsonValue value || !value.TryGetValue<long>(out var size) || size is < 0 or > LargestBlob)
            throw new JsonException("a descriptor has no valid size");
        return new Descriptor(mediaType, digest, size)
        {
            Annotations = json.GetObject("annotations") is { } a
                ? NoAnnotations.AddRange(a.Select(p => KeyValuePair.Create(p.Key, a.GetString(p.Key) ?? "")))
                : NoAnnotations,
            Platform = json.GetObject("platform") is { } p && p.GetString("os") is { } os && p.GetString("architecture") is { } architecture
                ? new Platform(os, architecture, NotEmpty(p.GetString("variant")), NotEmpty(p.GetString("os.version")))
                : null,
            Urls = [.. json.GetStrings("urls")],
        };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>The descriptor as JSON.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["mediaType"] = MediaType, ["digest"] = Digest.ToString(), ["size"] = Size };
        if (Platform is { } platform)
        {
            var p = new JsonObject { ["architecture"] = platform.Architecture, ["os"] = platform.Os };
            if (platform.OsVersion is not null) p["os.version"] = platform.OsVersion;
            if (platform.Variant is not null) p["variant"] = platform.Variant;
            json["platform"] = p;
        }
        if (Annotations.Count > 0) json["annotations"] = new JsonObject(Annotations.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
        return json;
    }
}
