using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Publishing;

/// <summary>What lock files say of libraries: <c>container.lock.json</c> first, then NuGet's own <c>packages.lock.json</c>.</summary>
internal sealed class LibraryLocks(LockFile? file, string packagesLockFile, bool isLocked, string path)
{
    private readonly Dictionary<string, List<NuGetVersion>> _packages = ReadPackages(packagesLockFile);

    /// <summary>The version that a range is locked to, or <c>null</c>.</summary>
    public NuGetVersion? VersionOf(LibraryRequest request) =>
        file?.Find(request)?.Version ?? _packages.GetValueOrDefault(request.Id.Lower)?.FirstOrDefault(request.Range.Satisfies);

    /// <summary>The digest that a version's image is locked to, or <c>null</c>.</summary>
    public Digest? DigestOf(PackageId id, NuGetVersion version) => file?.DigestOf(id, version);

    /// <summary>Whether what restore found before is still what the lock files say.</summary>
    public bool Agree(RestoreRecord record) => record.Libraries.All(l =>
    {
        var request = new LibraryRequest(PackageId.Parse(l.Id), LibraryRequest.ReadRange(l.Asked)!);
        return isLocked && file?.Find(request) is null ? false
            : VersionOf(request) is not { } version || (version.ToNormalizedString() == l.Version && (DigestOf(request.Id, version) is not { } digest || digest.ToString() == l.Digest));
    });

    /// <summary>In locked mode, everything that was met must be in the file.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockOutOfDate"/></exception>
    public void RequireAll(LibraryResolution resolution)
    {
        if (!isLocked) return;
        var missing = resolution.Libraries.Where(l => file?.Find(l.Request) is null).Select(l => $"+ {l.Request}: {l.Library.Version.ToNormalizedString()}").ToList();
        if (missing.Count > 0) throw Diagnostics.LockOutOfDate.Error(path, missing);
    }

    // {"dependencies": {"net10.0": {"Acme.Pricing": {"type": "Direct", "resolved": "1.4.0", …}}}}
    private static Dictionary<string, List<NuGetVersion>> ReadPackages(string path)
    {
        var versions = new Dictionary<string, List<NuGetVersion>>(StringComparer.Ordinal);
        if (path.Length == 0 || !File.Exists(path)) return versions;
        try
        {
            foreach (var (_, framework) in Json.ParseObject(File.ReadAllBytes(path)).GetObject("dependencies") ?? [])
                foreach (var (id, package) in framework as JsonObject ?? [])
                    if (NuGetVersion.TryParse((package as JsonObject)?.GetString("resolved"), out var version))
                        (versions.TryGetValue(id.ToLowerInvariant(), out var known) ? known : versions[id.ToLowerInvariant()] = []).Add(version);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // NuGet reads it too, and says what is wrong with it.
        }
        return versions;
    }
}
