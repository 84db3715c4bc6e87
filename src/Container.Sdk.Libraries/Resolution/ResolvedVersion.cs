using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>The version that a range of a library got, and the image that has it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Repository">Where the image lies.</param>
/// <param name="Digest">The digest of the image's manifest.</param>
public sealed record ResolvedVersion(NuGetVersion Version, ImageRepository Repository, Digest Digest);
