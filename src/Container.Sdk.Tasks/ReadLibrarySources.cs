using Container.Sdk.Libraries;
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
        var properties = Properties.ToDictionary(p => p.ItemSpec, p => p.GetMetadata("Value"), StringComparer.OrdinalIgnoreCase);
        var files = Files.Select(Path.GetFullPath).Where(File.Exists).Distinct().Select(f => new ProjectText(f, ReadText(f)));
        Sources = [.. LibrarySourceItems.Read(Evaluated.Select(ToSource), files, properties).Select(ToTaskItem)];
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private static string ReadText(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // MSBuild has read it; whatever is wrong now is reported by those who need it.
            return "";
        }
    }

    private static EvaluatedSource ToSource(ITaskItem item) => new(
        new LibrarySourceItem(item.ItemSpec, item.GetMetadata("Registry"), item.GetMetadata("Repository"), item.GetMetadata("Folder")),
        item.GetMetadata("DefiningProjectFullPath"), File.Exists(item.GetMetadata("FullPath")));

    private static TaskItem ToTaskItem(LibrarySourceItem source)
    {
        var item = new TaskItem(source.Pattern);
        item.SetMetadata("Registry", source.Registry);
        item.SetMetadata("Repository", source.Repository);
        item.SetMetadata("Folder", source.Folder);
        return item;
    }
}
