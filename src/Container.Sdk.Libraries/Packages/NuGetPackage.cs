using System.Collections.Immutable;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>A NuGet package: what it says of itself, and what is in it.</summary>
/// <param name="Id">The id, as it was packed.</param>
/// <param name="Version">The version.</param>
/// <param name="Dependencies">The dependencies of all frameworks.</param>
/// <param name="Files">All files, those of the packaging too.</param>
public sealed record NuGetPackage(PackageId Id, NuGetVersion Version, ImmutableArray<LibraryDependency> Dependencies, ImmutableArray<PackageFile> Files)
{
    private const string NuspecExtension = ".nuspec";

    /// <summary>What the nuspec says of content files, in its order.</summary>
    internal ImmutableArray<ContentFileRule> ContentFiles { get; init; } = [];

    /// <summary>Reads a package that may be made to harm; nothing is written.</summary>
    /// <param name="path">The <c>.nupkg</c> file.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/></exception>
    public static NuGetPackage Read(string path, string name)
    {
        using var archive = PackageArchive.Open(path, name);
        var nuspecs = archive.Files.Where(f => IsNuspec(f.Path)).ToList();
        if (nuspecs.Count != 1) throw Diagnostics.DamagedLibrary.Error(name, $"its package has {nuspecs.Count} nuspec files at its root, and must have one");
        var nuspec = Nuspec.Parse(archive.Read(nuspecs[0], Nuspec.LargestSize), name);
        return new NuGetPackage(nuspec.Id, nuspec.Version, nuspec.Dependencies, archive.Files) { ContentFiles = nuspec.ContentFiles };
    }

    /// <summary>The package's id and version, for people.</summary>
    public override string ToString() => $"{Id} {Version.ToNormalizedString()}";

    internal static bool IsNuspec(string path) => path.EndsWith(NuspecExtension, StringComparison.OrdinalIgnoreCase) && !path.Contains('/', StringComparison.Ordinal);
}

/// <summary>A package that another one needs.</summary>
/// <param name="Framework">The framework that needs it, as written; empty: all of them.</param>
/// <param name="Id">Its id.</param>
/// <param name="Range">The versions that will do.</param>
public sealed record LibraryDependency(string Framework, PackageId Id, VersionRange Range);

/// <summary>A file in a package.</summary>
/// <param name="Path">Its path in the package, unescaped.</param>
/// <param name="Length">Bytes.</param>
public sealed record PackageFile(string Path, long Length);
