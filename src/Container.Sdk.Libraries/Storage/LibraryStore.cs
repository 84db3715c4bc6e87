using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// The library images of this machine: <c>packages/</c> has their packages as NuGet reads them, in place, and <c>libraries/</c>
/// says of each which image it came from. Files appear whole or not at all.
/// </summary>
/// <param name="Root">The cache's folder.</param>
public sealed record LibraryStore(string Root)
{
    /// <summary>The packages: a fallback folder of restore.</summary>
    public PackageFolder Packages { get; } = new(Path.Combine(Root, "packages"));

    /// <summary>A library whose package and facts are both there; else <c>null</c>.</summary>
    public StoredLibrary? Find(PackageId id, NuGetVersion version)
    {
        try
        {
            return Packages.HashOf(id, version) is { } hash && StoredLibrary.Read(File.ReadAllBytes(FactsOf(id, version))) is { } stored && stored.PackageHash == hash
                ? stored
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a library whose package was expanded.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/></exception>
    public void Keep(StoredLibrary library) => AtomicFile.Write(FactsOf(library.Id, library.Version), library.ToBytes(), durable: false);

    private string FactsOf(PackageId id, NuGetVersion version) =>
        Path.Combine(Root, "libraries", id.Lower, $"{version.ToNormalizedString().ToLowerInvariant()}.json");
}
