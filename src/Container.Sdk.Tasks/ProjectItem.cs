using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>An item of MSBuild's.</summary>
internal sealed class ProjectItem(ITaskItem item) : IProjectItem
{
    /// <inheritdoc/>
    public string Include => item.ItemSpec;

    /// <inheritdoc/>
    public string this[string metadata] => item.GetMetadata(metadata);

    /// <summary>Items of MSBuild's.</summary>
    public static IEnumerable<IProjectItem> All(ITaskItem[] items) => items.Select(i => new ProjectItem(i));
}
