namespace Container.Sdk.Libraries;

/// <summary>What is published of <c>runtimes</c>: for each system its native files and its assemblies, where they lie in the package.</summary>
internal static class RuntimeFiles
{
    /// <summary>The files of all systems; a portable app takes them all.</summary>
    public static IEnumerable<(string PackagePath, string AppPath)> In(IEnumerable<(string Path, string[] Parts)> paths, FrameworkKind app) => paths
        .Where(p => p.Parts.Length > 3 && LibraryFiles.Is(p.Parts[0], "runtimes"))
        .GroupBy(p => p.Parts[1], StringComparer.OrdinalIgnoreCase)
        .SelectMany(system => OfSystem([.. system], app))
        .Select(a => (a.Path, a.Path));

    private static IEnumerable<Asset> OfSystem(List<(string Path, string[] Parts)> files, FrameworkKind app)
    {
        var lib = Below("lib").ToList();
        var native = Below("nativeassets").Newest(app).ToList();
        if (native.Count == 0) native = [.. files.Where(f => LibraryFiles.Is(f.Parts[2], "native")).Select(f => new Asset(f.Path, null, f.Parts[3..]))];
        return native.Where(a => !a.IsPlaceholder())
            .Concat(lib.Newest(app).Where(LibraryFiles.IsProgram))
            .Concat(lib.Where(LibraryFiles.IsInCulture).Newest(app).Where(LibraryFiles.IsSatellite));

        IEnumerable<Asset> Below(string folder) =>
            from f in files
            where f.Parts.Length > 4 && LibraryFiles.Is(f.Parts[2], folder)
            let framework = FrameworkFolder.Parse(f.Parts[3])
            where framework is not null
            select new Asset(f.Path, framework, f.Parts[4..]);
    }
}
