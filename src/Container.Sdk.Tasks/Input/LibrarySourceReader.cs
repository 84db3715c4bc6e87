using Container.Sdk.Libraries;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From <c>ContainerLibrarySource</c> items to sources.</summary>
internal static class LibrarySourceReader
{
    /// <summary>Reads the items. A relative <c>oci:FOLDER</c> is relative to the file that has the item: the same for all its projects.</summary>
    /// <exception cref="ContainerException">The code of whatever is malformed.</exception>
    public static LibrarySources Read(ITaskItem[] items, string projectFolder) => new(items.Select(i => Read(i, projectFolder)));

    /// <summary>Reads one item.</summary>
    public static LibrarySource Read(ITaskItem item, string projectFolder) => LibrarySource.Parse(
        item.ItemSpec, item.GetMetadata("Registry"), item.GetMetadata("Repository"), item.GetMetadata("Folder") is { Length: > 0 } folder ? folder : projectFolder);
}
