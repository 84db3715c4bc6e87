using System.Collections.Immutable;

namespace Container.Sdk.Libraries;

/// <summary>
/// The files that an app publishes for a package that it refers to, where it is portable, depends on the framework, is written
/// in C#, and has a framework as new as the newest in the package. NuGet's and the .NET SDK's rules, as they were tried out.
/// </summary>
/// <param name="Framework">The folder in <c>lib</c> that they are taken from; empty where there is none.</param>
/// <param name="Files">Each file's path in the package, and in the app's folder; in the order of the latter.</param>
public sealed record LibraryContents(string Framework, ImmutableArray<(string PackagePath, string AppPath)> Files)
{
    /// <summary>Finds out the files of a package.</summary>
    public static LibraryContents Of(NuGetPackage package)
    {
        var paths = package.Files.Select(f => (f.Path, Parts: f.Path.Split('/'))).ToList();
        var lib = LibraryFiles.In(paths);
        var app = lib.Select(a => a.Framework).Max()?.Kind ?? FrameworkKind.Net;
        var newest = lib.Newest(app).ToList();
        var files = LibraryFiles.Programs(newest)
            .Concat(LibraryFiles.Satellites(lib, app))
            .Concat(RuntimeFiles.In(paths, app))
            .Concat(ContentFiles.In(paths, package.ContentFiles, app));
        return new LibraryContents(
            newest is [{ Framework: not null } first, ..] ? first.Path.Split('/')[1] : "",
            [.. files.DistinctBy(f => f.AppPath, StringComparer.OrdinalIgnoreCase).OrderBy(f => f.AppPath, StringComparer.Ordinal)]);
    }
}

/// <summary>A file below a folder that is named by a framework.</summary>
/// <param name="Path">Its path in the package.</param>
/// <param name="Framework">The framework; <c>null</c>: any.</param>
/// <param name="Rest">The parts of the path below that folder.</param>
internal sealed record Asset(string Path, FrameworkFolder? Framework, string[] Rest);

/// <summary>How one framework's files are taken out of several frameworks'.</summary>
internal static class AssetGroups
{
    /// <summary>
    /// The files of the newest framework that an app can use. A framework counts with whatever lies in its folder: with
    /// <c>_._</c> alone it says that there is nothing for it, and not that an older one would do.
    /// </summary>
    /// <param name="assets">The files of all frameworks.</param>
    /// <param name="app">What kind of framework the app is known to have; besides, it has the newest .NET.</param>
    public static IEnumerable<Asset> Newest(this IEnumerable<Asset> assets, FrameworkKind app)
    {
        var all = assets.Where(a => a.Framework is null || a.Framework.Kind >= FrameworkKind.NetStandard || a.Framework.Kind == app).ToList();
        var newest = all.Max(a => a.Framework);
        return all.Where(a => a.Framework == newest);
    }

    /// <summary>A name that says that its folder is empty.</summary>
    public static bool IsPlaceholder(this Asset asset) => asset.Rest[^1] == "_._";
}

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
