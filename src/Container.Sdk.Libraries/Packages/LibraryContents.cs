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
