using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// Expanded packages in the layout of NuGet's own folder, for NuGet to use in place as a fallback folder. A package is there
/// whole or not at all, however many processes expand it at once.
/// </summary>
/// <param name="Root">The folder of all packages.</param>
public sealed record PackageFolder(string Root)
{
    private const string Metadata = ".nupkg.metadata";
    private const string PartialPrefix = ".package";
    private const int Attempts = 5;

    // What a killed process leaves; nobody expands a package for so long.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(24);

    /// <summary>The folder of a package.</summary>
    public string PathOf(PackageId id, NuGetVersion version) => Path.Combine(Root, id.Lower, Lower(version));

    /// <summary>Whether a package is there.</summary>
    public bool Has(PackageId id, NuGetVersion version) => File.Exists(Path.Combine(PathOf(id, version), Metadata));

    /// <summary>The hash of a package's content, as NuGet writes it into its assets file; <c>null</c> where it is not there.</summary>
    public string? HashOf(PackageId id, NuGetVersion version) => HashIn(PathOf(id, version));

    /// <summary>The hash of an expanded package's content, in any folder of NuGet's; <c>null</c> where there is none.</summary>
    public static string? HashIn(string folder)
    {
        try
        {
            return Json.ParseObject(File.ReadAllBytes(Path.Combine(folder, Metadata))).GetString("contentHash");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Expands a package that was read, where it is not there.</summary>
    /// <param name="nupkg">The <c>.nupkg</c> file; it is copied.</param>
    /// <param name="package">What was read of it.</param>
    /// <exception cref="ContainerException">
    /// <see cref="Diagnostics.DamagedLibrary"/>, <see cref="Diagnostics.LibraryElsewhere"/> where the same version is there with
    /// another content, <see cref="Diagnostics.NotWritable"/> or <see cref="Diagnostics.DiskFull"/>
    /// </exception>
    public void Expand(string nupkg, NuGetPackage package)
    {
        var final = PathOf(package.Id, package.Version);
        var partial = NewPartial();
        try
        {
            Directory.CreateDirectory(partial);
            var hash = Write(partial, nupkg, package);
            DeleteAbandoned();
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            Publish(partial, final, package, hash, nupkg);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(final, e);
        }
        finally
        {
            TryDelete(partial);
        }
    }

    private static string Write(string folder, string nupkg, NuGetPackage package)
    {
        var file = $"{package.Id.Lower}.{Lower(package.Version)}.nupkg";
        string[] own = [$"{file}.sha512", Metadata];
        using (var archive = PackageArchive.Open(nupkg, package.ToString()))
        {
            foreach (var entry in archive.Files.Where(f => !IsPackaging(f.Path)))
            {
                if (own.Contains(entry.Path, StringComparer.OrdinalIgnoreCase))
                    throw Diagnostics.DamagedLibrary.Error(package.ToString(), $"it has '{entry.Path}', which NuGet writes itself");
                var path = Path.Combine(folder, NuGetPackage.IsNuspec(entry.Path) ? $"{package.Id.Lower}.nuspec" : entry.Path.Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                archive.CopyTo(entry, output);
            }
        }
        var copy = Path.Combine(folder, file);
        File.Copy(nupkg, copy);
        var hash = ContentHash.Of(copy, package);
        File.WriteAllText(copy + ".sha512", ContentHash.OfFile(copy));
        // "source" is null for a package that came from no feed.
        File.WriteAllText(Path.Combine(folder, Metadata), Json.ToText(new JsonObject { ["version"] = 2, ["contentHash"] = hash, ["source"] = null }).TrimEnd());
        return hash;
    }

    // A rename does not replace a folder, so of several processes one wins; the others find its folder there.
    private void Publish(string partial, string final, NuGetPackage package, string hash, string nupkg)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (HashOf(package.Id, package.Version) is { } there)
            {
                if (there == hash) return;
                throw Diagnostics.LibraryElsewhere.Error(package.Id.Value, package.Version.ToNormalizedString(), nupkg, final);
            }
            try
            {
                Directory.Move(partial, final);
                return;
            }
            catch (Exception e) when (attempt < Attempts && e is IOException or UnauthorizedAccessException)
            {
                DiscardDamaged(final, package);
                Thread.Sleep(15);
            }
        }
    }

    // Only whole folders get their name, so that one that is not whole was damaged since. Under the lock nobody takes away
    // what another process has just repaired.
    private void DiscardDamaged(string final, NuGetPackage package)
    {
        using var repair = FileLock.Acquire(Path.Combine(Root, ".lock"));
        if (!Directory.Exists(final) || HashOf(package.Id, package.Version) is not null) return;
        var aside = NewPartial();
        Directory.Move(final, aside);
        TryDelete(aside);
    }

    // Not beside the versions: NuGet would take a name that starts as a version for one.
    private string NewPartial() => AtomicFile.PartialName(Path.Combine(Root, PartialPrefix));

    private void DeleteAbandoned()
    {
        foreach (var folder in new DirectoryInfo(Root).EnumerateDirectories(PartialPrefix + "*").Where(f => AtomicFile.IsPartial(f.Name) && DateTime.UtcNow - f.LastWriteTimeUtc > Abandoned))
            TryDelete(folder.FullName);
    }

    // What NuGet leaves in the zip, in just these spellings: its parts as a package, and packages at its root.
    private static bool IsPackaging(string path) =>
        path[(path.LastIndexOf('/') + 1)..] is "[Content_Types].xml" or ".rels" || path.EndsWith(".psmdcp", StringComparison.Ordinal)
        || (path.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase) && !path.Contains('/', StringComparison.Ordinal));

    private static string Lower(NuGetVersion version) => version.ToNormalizedString().ToLowerInvariant();

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { /* Nobody reads it. */ }
    }
}
