using System.Collections.Immutable;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>What a range got.</summary>
/// <param name="Request">The package and the range.</param>
/// <param name="Resolved">What it got.</param>
/// <param name="PackageHash">SHA-512 of the package, base64, as NuGet writes it.</param>
/// <param name="IsDirect">Whether the project itself asked.</param>
public sealed record ResolvedLibrary(LibraryRequest Request, ResolvedVersion Resolved, string PackageHash, bool IsDirect);

/// <summary>
/// What all ranges got that a restore met, direct and transitive. It is kept in a file of obj: as long as the same is asked, restore
/// asks no registry, and builds, which restore nothing, rewrite references as restore did.
/// </summary>
/// <param name="Libraries">The ranges, each once, in their order (<see cref="LibraryRequest.Order"/>).</param>
public sealed record LibraryResolution(ImmutableArray<ResolvedLibrary> Libraries)
{
    /// <summary>Packages that libraries depend on and that no source covers: they come from package feeds.</summary>
    public ImmutableArray<PackageId> Others { get; init; } = [];

    /// <summary>Whether exactly this was asked then, and would be looked for in the same places now.</summary>
    /// <param name="directRequests">What the project asks for; what no source covers is not looked at.</param>
    /// <param name="sources">The present sources.</param>
    public bool Answers(IEnumerable<LibraryRequest> directRequests, LibrarySources sources) =>
        Libraries.All(l => sources.Find(l.Request.Id) == l.Resolved.Repository)
        && Libraries.Where(l => l.IsDirect).Select(l => l.Request).ToHashSet().SetEquals(directRequests.Where(r => sources.Covers(r.Id.Value)))
        && !Others.Any(o => sources.Covers(o.Value));

    /// <summary>
    /// Whether all of it lies in a store still: the package is enough for NuGet, and what is known of the image for its layer; a cache
    /// may lose either.
    /// </summary>
    public bool IsIn(LibraryStore store) => Libraries.All(l =>
        store.Find(l.Request.Id, l.Resolved.Version) is { } stored && stored.PackageHash == l.PackageHash && stored.Resolved.Digest == l.Resolved.Digest);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns><c>null</c> where it is missing, damaged or of another version: then restore asks again.</returns>
    public static LibraryResolution? Read(string path) => ResolutionDocument.Read(path);

    /// <summary>Writes it, where it says something new: its time is what incremental builds look at.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/> or <see cref="Diagnostics.DiskFull"/></exception>
    public void Write(string path) => ResolutionDocument.Write(this, path);
}

/// <summary>The version that a range of a library got, and the image that has it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Repository">Where the image lies.</param>
/// <param name="Digest">The digest of the image's manifest.</param>
public sealed record ResolvedVersion(NuGetVersion Version, ImageRepository Repository, Digest Digest);
