using Container.Sdk.Publishing;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Container.Sdk.Tasks;

/// <summary>The <c>ContainerLibrarySource</c> items as they are written: MSBuild takes a star for a pattern of file names.</summary>
public sealed class ReadLibrarySources : ContainerTask
{
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>The items as MSBuild has them.</summary>
    public ITaskItem[] Evaluated { get; set; } = [];

    /// <summary>The files that may have such items, where they are there.</summary>
    public string[] Files { get; set; } = [];

    /// <summary>Properties that the text may use; their values are metadata <c>Value</c>.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The items.</summary>
    [Output]
    public ITaskItem[] Sources { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>Name of the project, for the log.</summary>
    public string ProjectName { get; set; } = "";

    /// <inheritdoc/>
    protected override string Project => ProjectName;

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var items = new LibrarySourceItems(Properties.ToDictionary(p => p.ItemSpec, p => p.GetMetadata("Value"), StringComparer.OrdinalIgnoreCase));
        Sources = [.. items.Read(ProjectItem.All(Evaluated), Files).Select(ToTaskItem)];
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private static TaskItem ToTaskItem(LibrarySourceItem source)
    {
        var item = new TaskItem(source.Pattern);
        item.SetMetadata("Registry", source.Registry);
        item.SetMetadata("Repository", source.Repository);
        item.SetMetadata("Folder", source.Folder);
        return item;
    }
}
