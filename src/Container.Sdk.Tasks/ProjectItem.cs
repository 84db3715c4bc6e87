using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>An item of MSBuild's.</summary>
/// <param name="item">The item.</param>
/// <param name="kind">Its kind, where the item does not say it.</param>
internal sealed class ProjectItem(ITaskItem item, string? kind = null) : IProjectItem
{
    /// <summary>MSBuild's own.</summary>
    public ITaskItem TaskItem => item;

    /// <inheritdoc/>
    public string Include => item.ItemSpec;

    /// <inheritdoc/>
    public string this[string metadata] => kind is not null && metadata == RequestReader.KindOfItem ? kind : item.GetMetadata(metadata);

    /// <summary>Items of MSBuild's.</summary>
    public static IEnumerable<IProjectItem> All(ITaskItem[] items) => items.Select(i => new ProjectItem(i));

    /// <summary>An item of <c>ContainerLibrarySource</c>.</summary>
    public static IProjectItem OfLibrarySource(ITaskItem item) => new ProjectItem(item, "ContainerLibrarySource");
}
