using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>
/// Fetches the package of a library image. The app layer is shared with every app that uses the library, so it is read too: it
/// has exactly the files that an app would publish of the package.
/// </summary>
public static class LibraryImageReader
{
    private const string PackageFolder = "packages";
    private const string AppFolder = "app";

    /// <summary>Fetches the package and checks the whole image.</summary>
    /// <param name="library">The library image.</param>
    /// <param name="nupkgPath">Where the package is written to; where anything is wrong, nothing is left there.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="ContainerException">
    /// <see cref="Diagnostics.DamagedLibrary"/>, <see cref="Diagnostics.OtherLibrary"/>, or what the source of the image says
    /// </exception>
    public static async Task<NuGetPackage> FetchAsync(LibraryImage library, string nupkgPath, CancellationToken cancellation)
    {
        try
        {
            var name = $"The library image of {library}";
            await WritePackageAsync(library, nupkgPath, name, cancellation).ConfigureAwait(false);
            var package = NuGetPackage.Read(nupkgPath, name);
            LibraryImage.CheckIdentity(library.Id, library.Version, package.Id, package.Version, $"The package in the library image of {library.Id}");
            await CheckAppAsync(library, package, nupkgPath, name, cancellation).ConfigureAwait(false);
            return package;
        }
        catch (Exception e)
        {
            AtomicFile.TryDelete(nupkgPath);
            if (e is IOException or UnauthorizedAccessException) throw AtomicFile.Failure(nupkgPath, e);
            throw;
        }
    }

    private static async Task WritePackageAsync(LibraryImage library, string nupkgPath, string name, CancellationToken cancellation)
    {
        var expected = $"{PackageFolder}/{library.Id}.{library.Version.ToNormalizedString()}.nupkg";
        var found = false;
        await LayerFiles.ReadAsync(library.PackageLayer, PackageFolder, name, TakeAsync, cancellation).ConfigureAwait(false);
        if (!found) throw Diagnostics.DamagedLibrary.Error(name, $"its first layer has no '{expected}'");

        async Task TakeAsync(string path, Stream content)
        {
            if (!path.Equals(expected, StringComparison.OrdinalIgnoreCase)) throw new FormatException($"has '{path}' where only '{expected}' belongs");
            found = true;
            var file = new FileStream(nupkgPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false)) await content.CopyToAsync(file, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task CheckAppAsync(LibraryImage library, NuGetPackage package, string nupkgPath, string name, CancellationToken cancellation)
    {
        var expected = DigestsOf(package, nupkgPath, name);
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (library.AppLayer is { } layer) await LayerFiles.ReadAsync(layer, AppFolder, name, TakeAsync, cancellation).ConfigureAwait(false);
        if (expected.Keys.FirstOrDefault(path => !found.Contains(path)) is { } missing) throw Diagnostics.DamagedLibrary.Error(name, $"it lacks '{missing}', which its package has");

        async Task TakeAsync(string path, Stream content)
        {
            if (!expected.TryGetValue(path, out var digest)) throw new FormatException($"has '{path}', which its package has not for an app");
            using var hash = new HashingStream(Stream.Null);
            await content.CopyToAsync(hash, cancellation).ConfigureAwait(false);
            if (hash.Digest() != digest) throw new FormatException($"has '{path}', which is not the file of its package");
            found.Add(path);
        }
    }

    private static SortedDictionary<string, Digest> DigestsOf(NuGetPackage package, string nupkgPath, string name)
    {
        using var archive = PackageArchive.Open(nupkgPath, name);
        var files = archive.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        return new(LibraryContents.Of(package).Files.ToDictionary(f => $"{AppFolder}/{f.AppPath}", f => archive.DigestOf(files[f.PackagePath])), StringComparer.Ordinal);
    }
}
