using System.Collections.Immutable;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>A library that lies on this machine.</summary>
/// <param name="Id">The package.</param>
/// <param name="Version">Its version.</param>
/// <param name="Digest">The digest of the image's manifest.</param>
/// <param name="Repository">Where the image lies.</param>
/// <param name="Dependencies">What the package depends on, of every framework; no range is <see cref="VersionRange.All"/>.</param>
public sealed record FetchedLibrary(
    PackageId Id, NuGetVersion Version, Digest Digest, ImageRepository Repository,
    ImmutableArray<KeyValuePair<PackageId, VersionRange>> Dependencies)
{
    /// <summary><c>Acme.Pricing 1.4.0</c>.</summary>
    public override string ToString() => $"{Id} {Version.ToNormalizedString()}";
}
