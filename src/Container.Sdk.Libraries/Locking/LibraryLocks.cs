using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>What lock files say of libraries: <c>container.lock.json</c> first, then NuGet's own <c>packages.lock.json</c>.</summary>
/// <param name="file"><c>container.lock.json</c>, or <c>null</c>.</param>
/// <param name="packages">NuGet's own.</param>
/// <param name="isLocked">Whether nothing may be used that the first does not have: <c>ContainerLockedMode</c>.</param>
/// <param name="path">Path of the first, for messages.</param>
public sealed class LibraryLocks(LockFile? file, PackagesLock packages, bool isLocked, string path)
{
    /// <summary>The version that a range is locked to, or <c>null</c>.</summary>
    public NuGetVersion? VersionOf(LibraryRequest request) => file?.Find(request)?.Version ?? packages.VersionOf(request);

    /// <summary>The digest that a version's image is locked to, or <c>null</c>.</summary>
    public Digest? DigestOf(PackageId id, NuGetVersion version) => file?.DigestOf(id, version);

    /// <summary>Whether what restore found before is still what the lock files say.</summary>
    public bool Agree(LibraryResolution resolution) => resolution.Libraries.All(Agree);

    /// <summary>In locked mode, everything that was met must be in the file.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockOutOfDate"/></exception>
    public void RequireAll(LibraryResolution resolution)
    {
        if (!isLocked) return;
        var missing = resolution.Libraries.Where(l => file?.Find(l.Request) is null).Select(l => $"+ {l.Request}: {l.Resolved.Version.ToNormalizedString()}").ToList();
        if (missing.Count > 0) throw Diagnostics.LockOutOfDate.Error(path, missing);
    }

    private bool Agree(ResolvedLibrary library)
    {
        if (isLocked && file?.Find(library.Request) is null) return false;
        if (VersionOf(library.Request) is not { } version) return true;
        return version == library.Resolved.Version && (DigestOf(library.Request.Id, version) is not { } digest || digest == library.Resolved.Digest);
    }
}
