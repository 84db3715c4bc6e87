using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// Tags of library images. A tag is a version if, and only if, it is the normalised lower-case form of itself without build
/// metadata; so <c>latest</c>, <c>10</c>, <c>1.2</c>, <c>v1.2.3</c> and <c>sha256-…</c> are none.
/// </summary>
public static class LibraryTag
{
    private const string SourcePrefix = "src-";

    /// <summary>The tag of a version. Build metadata is not part of it.</summary>
    public static Tag Of(NuGetVersion version) => Tag.Parse(Normalize(version));

    /// <summary>The version that a tag is; <c>null</c> where it is none.</summary>
    public static NuGetVersion? ToVersion(Tag tag) =>
        NuGetVersion.TryParse(tag.Value, out var version) && !version.HasMetadata && Normalize(version) == tag.Value ? version : null;

    /// <summary>The tag of a library that was published from its project, for one app: by its layer's content.</summary>
    public static Tag OfSource(Digest diffId) => Tag.Parse(SourcePrefix + diffId.Hex[..16]);

    private static string Normalize(NuGetVersion version) => version.ToNormalizedString().ToLowerInvariant();
}
