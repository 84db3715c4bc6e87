using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>Where restore in a container finds library images.</summary>
/// <param name="Registries">Hosts of registries, in order.</param>
/// <param name="Folders">Registries that are folders (<c>oci:FOLDER</c>) of this machine, and where the container sees them.</param>
internal sealed record LibraryPlaces(ImmutableArray<string> Registries, ImmutableArray<FolderFeed> Folders)
{
    /// <summary>The places that library sources name. A folder that is not there is left out.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="root">The folder that the container sees as <see cref="SourceNames.Root"/>; absolute.</param>
    public static LibraryPlaces Of(ImmutableArray<LibrarySource> sources, string root)
    {
        // A source differs between packages in the repository alone.
        var places = sources.Select(s => s.PlaceOf(PackageId.Parse("id"))).ToList();
        var folders = places.OfType<LayoutRepository>().Select(l => l.Folder).Distinct().Where(Directory.Exists).Order(StringComparer.Ordinal);
        return new LibraryPlaces(
            [.. places.OfType<HostRepository>().Select(h => h.Host.Value).Distinct().Order(StringComparer.Ordinal)],
            [.. folders.Select((f, i) => new FolderFeed($"libraries-{i + 1}", f, InContainer(f, root)))]);
    }

    private static string InContainer(string folder, string root) =>
        SourcePlanner.IsIn(root, folder) ? $"{SourceNames.Root}/{Path.GetRelativePath(root, folder).Replace('\\', '/')}" : folder;
}
