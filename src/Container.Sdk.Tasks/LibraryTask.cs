using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>A task around the library images that a project refers to (sdk/targets/Container.Sdk.Restore.targets).</summary>
public abstract class LibraryTask : ContainerTask
{
    /// <summary>One item: its metadata say what restoring libraries needs to know.</summary>
    [Required]
    public ITaskItem Request { get; set; } = null!;

#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary><c>ContainerLibrarySource</c>, as <see cref="ReadLibrarySources"/> gave it.</summary>
    public ITaskItem[] LibrarySources { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override string Project => Request.GetMetadata("ProjectName");

    /// <summary>Reads the request.</summary>
    private protected RestoreRequest ReadRequest() => RestoreRequest.Read(new ProjectItem(Request), LibrarySources.Select(ProjectItem.OfLibrarySource));
}
