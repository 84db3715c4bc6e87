using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>What a range of a library is locked to.</summary>
/// <param name="Repository">Where the image lies.</param>
/// <param name="Version">The version.</param>
/// <param name="Digest">The digest of the image's manifest.</param>
public sealed record LockedLibrary(ImageRepository Repository, NuGetVersion Version, Digest Digest);
