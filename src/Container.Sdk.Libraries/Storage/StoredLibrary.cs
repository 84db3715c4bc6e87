using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>A version of a library that lies on this machine, and what is known of its image: enough to use its layer without asking anybody.</summary>
/// <param name="Id">Its package, as that says it.</param>
/// <param name="Resolved">Its version, with build metadata, and its image.</param>
/// <param name="Framework">The target framework of the files in its layer; empty where it has none.</param>
/// <param name="PackageHash">SHA-512 of the package, base64, as NuGet writes it.</param>
/// <param name="Layer">The layer with its files; <c>null</c> where it has none.</param>
/// <param name="DiffId">Digest of that layer's uncompressed bytes.</param>
/// <param name="Dependencies">What its package depends on, in any framework; no range is <see cref="VersionRange.All"/>.</param>
public sealed record StoredLibrary(
    PackageId Id, ResolvedVersion Resolved, string Framework, string PackageHash, Descriptor? Layer, Digest? DiffId, ImmutableArray<LibraryRequest> Dependencies)
{
    private const int Format = 1;

    /// <summary>Its version.</summary>
    public NuGetVersion Version => Resolved.Version;

    /// <summary>The image, by tag and digest.</summary>
    public ImageReference Image => Resolved.Repository.Image(LibraryTag.Of(Version), Resolved.Digest);

    /// <summary><c>Acme.Pricing 1.4.0</c>.</summary>
    public override string ToString() => $"{Id} {Version.ToNormalizedString()}";

    /// <summary>The library as a file.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Json.ToText(new JsonObject
    {
        ["version"] = Format,
        ["id"] = Id.Value,
        ["packageVersion"] = Version.ToFullString(),
        ["framework"] = Framework,
        ["image"] = Image.ToString(),
        ["packageHash"] = PackageHash,
        ["layer"] = Layer?.ToJson(),
        ["diffId"] = DiffId?.ToString(),
        ["dependencies"] = new JsonArray([.. Dependencies.Select(d => (JsonNode)new JsonObject { ["id"] = d.Id.Value, ["range"] = d.Asked })]),
    }));

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <returns><c>null</c> where it is damaged, or of another version.</returns>
    public static StoredLibrary? Read(byte[] utf8)
    {
        try
        {
            return DocumentReader.Read(utf8, Format, Read);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StoredLibrary Read(DocumentReader document)
    {
        var version = document.Version("packageVersion");
        return new StoredLibrary(
            document.Id("id"), ReadImage(document.Text("image"), version), document.Text("framework"), document.Text("packageHash"),
            document.RawOrNull("layer") is { } layer ? Descriptor.Parse(layer) : null, document.Parsed("diffId", Digest.Parse),
            document.Parts("dependencies", d => d.Request("id", "range")));
    }

    // repository:tag@digest, where the tag is the version's. No other reader could tell a host without a dot from a part of a name.
    private static ResolvedVersion ReadImage(string text, NuGetVersion version)
    {
        var at = text.LastIndexOf('@');
        var tag = $":{LibraryTag.Of(version)}";
        return at > 0 && text[..at].EndsWith(tag, StringComparison.Ordinal) && Digest.TryParse(text[(at + 1)..], out var digest)
            ? new ResolvedVersion(version, LibraryMembers.ReadRepository(text[..(at - tag.Length)]), digest)
            : throw new JsonException($"'{text}' is not an image of the version {version}");
    }
}
