using Container.Sdk.Libraries;
using Container.Sdk.Planning;
using NuGet.Versioning;

namespace Container.Sdk.Publishing;

/// <summary>The layers of the library images of what is published, by what restore fetched.</summary>
internal sealed class LibraryLayerSearch(LibrarySources sources, LibraryStore store, IReadOnlyList<PublishedItem> items, string workingDirectory)
{
    /// <summary>The layers of all libraries among the origins.</summary>
    public IReadOnlyDictionary<FileOrigin, LibraryLayer> Find(IEnumerable<FileOrigin> origins)
    {
        var layers = new Dictionary<FileOrigin, LibraryLayer>();
        foreach (var origin in origins.Distinct().Where(o => o.Kind == OriginKind.Library))
            if (Find(origin) is { } layer) layers[origin] = layer;
        return layers;
    }

    // Null where restore has not fetched it from there.
    private LibraryLayer? Find(FileOrigin origin)
    {
        if (!PackageId.TryParse(origin.Id, out var id) || !NuGetVersion.TryParse(origin.Version, out var version)) return null;
        var library = store.Find(id, version);
        return library is { Layer: { } layer, DiffId: { } diffId } && library.Resolved.Repository == sources.Find(id)
            ? new LibraryLayer(library.Image, layer, diffId, WhyDifferent(origin, library))
            : null;
    }

    // Only where the files turn out to be others is this read: the first cause that is known to change them.
    private string WhyDifferent(FileOrigin origin, StoredLibrary library)
    {
        var own = items.Where(i => i.NuGetPackageId == origin.Id).ToList();
        var framework = own.Select(i => i.PathInPackage.Split('/')).Where(p => p is ["lib", _, _, ..]).Select(p => p[1]).FirstOrDefault(f => f != library.Framework);
        if (framework is not null) return $"it is published for {framework}, and the library image has {library.Framework}";
        if (workingDirectory != "/app") return "the app has another folder than the library image";
        if (own.Any(i => i.Source.Split(Path.DirectorySeparatorChar).Contains("obj"))) return "its files were compiled or trimmed for this app (PublishReadyToRun, PublishTrimmed)";
        if (own.Any(i => i.RelativePath.EndsWith(".pdb", StringComparison.Ordinal))) return "its symbols are published with it";
        if (own.Any(i => i.PathInPackage.StartsWith("runtimes/", StringComparison.Ordinal) && i.RelativePath != i.PathInPackage)) return "its native files are published for one platform";
        if (own.All(i => i.Source.StartsWith(store.Packages.PathOf(library.Id, library.Version), StringComparison.Ordinal)))
            return "not the same files of it are published here (SatelliteResourceLanguages, RuntimeIdentifier, documentation)";
        return "NuGet restored another package of this version, or another package has one of its files";
    }
}
