using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>The registries from which restore in a container takes library images.</summary>
/// <param name="Hosts">Those that are reached over a network, in order.</param>
/// <param name="Folders">Those that are folders (<c>oci:FOLDER</c>) of this machine, and where the container sees them.</param>
internal sealed record LibraryRegistries(ImmutableArray<string> Hosts, ImmutableArray<FolderFeed> Folders)
{
    /// <summary>The registries that library sources name. A folder that is not there is left out.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="root">The folder that the container sees as <see cref="SourceNames.Root"/>; absolute.</param>
    public static LibraryRegistries Of(ImmutableArray<LibrarySource> sources, string root)
    {
        // For each package a source has another repository, in the same registry.
        var repositories = sources.Select(s => s.PlaceOf(PackageId.Parse("id"))).ToList();
        var folders = repositories.OfType<LayoutRepository>().Select(l => l.Folder).Distinct().Where(Directory.Exists).Order(StringComparer.Ordinal);
        return new LibraryRegistries(
            [.. repositories.OfType<HostRepository>().Select(h => h.Host.Value).Distinct().Order(StringComparer.Ordinal)],
            [.. folders.Select((f, i) => new FolderFeed($"libraries-{i + 1}", f, InContainer(f, root)))]);
    }

    private static string InContainer(string folder, string root) =>
        SourcePlanner.IsIn(root, folder) ? $"{SourceNames.Root}/{Path.GetRelativePath(root, folder).Replace('\\', '/')}" : folder;
}
