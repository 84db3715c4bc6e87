using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>What is known of a library image that was fetched: enough to use its layer without asking anybody.</summary>
/// <param name="Id">Its package.</param>
/// <param name="Version">Its version.</param>
/// <param name="Framework">The target framework of the files in its layer; empty where it has none.</param>
/// <param name="Image">The image, by tag and digest.</param>
/// <param name="PackageHash">SHA-512 of the package, base64, as NuGet writes it.</param>
/// <param name="Layer">The layer with its files; <c>null</c> where it has none.</param>
/// <param name="DiffId">Digest of that layer's uncompressed bytes.</param>
/// <param name="Dependencies">What its package depends on, in any framework.</param>
public sealed record StoredLibrary(
    PackageId Id, NuGetVersion Version, string Framework, ImageReference Image, string PackageHash, Descriptor? Layer, Digest? DiffId,
    ImmutableArray<KeyValuePair<PackageId, VersionRange>> Dependencies)
{
    /// <summary>Digest of the image's manifest.</summary>
    public Digest Digest => Image switch
    {
        RegistryReference { Digest: { } d } => d,
        LayoutReference { Digest: { } d } => d,
        _ => throw new InvalidOperationException($"{Image} has no digest"),
    };

    /// <summary>The library as a file.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Json.ToText(new JsonObject
    {
        ["version"] = 1,
        ["id"] = Id.Value,
        ["packageVersion"] = Version.ToFullString(),
        ["framework"] = Framework,
        ["image"] = Image.ToString(),
        ["packageHash"] = PackageHash,
        ["layer"] = Layer?.ToJson(),
        ["diffId"] = DiffId?.ToString(),
        ["dependencies"] = new JsonArray([.. Dependencies.Select(d => (JsonNode)new JsonObject { ["id"] = d.Key.Value, ["range"] = d.Value.ToNormalizedString() })]),
    }));

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <returns><c>null</c> where it is damaged, or of another version.</returns>
    public static StoredLibrary? Read(byte[] utf8)
    {
        try
        {
            var json = Json.ParseObject(utf8);
            if (json["version"]?.GetValue<int>() != 1) return null;
            return new StoredLibrary(
                PackageId.Parse(json.GetString("id")!), NuGetVersion.Parse(json.GetString("packageVersion")!), json.GetString("framework")!,
                // Its folders are absolute.
                ImageReference.Parse(json.GetString("image")!, Path.GetTempPath()), json.GetString("packageHash")!,
                json.GetObject("layer") is { } layer ? Descriptor.Parse(layer) : null,
                json.GetString("diffId") is { } diffId ? Oci.Digest.Parse(diffId) : null,
                [.. json.GetArray("dependencies")!.Select(d => d!.AsObject()).Select(d => KeyValuePair.Create(PackageId.Parse(d.GetString("id")!), VersionRange.Parse(d.GetString("range")!)))]);
        }
        catch (Exception e) when (e is JsonException or ContainerException or ArgumentException or InvalidOperationException or NullReferenceException or FormatException)
        {
            return null;
        }
    }
}
