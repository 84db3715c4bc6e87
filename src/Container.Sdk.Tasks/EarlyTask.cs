using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>A task that runs before all of the request is known: its item is a part of it.</summary>
public abstract class EarlyTask : ContainerTask
{
    /// <summary>One item: its metadata are the project's properties, as far as they are known.</summary>
    [Required]
    public ITaskItem Request { get; set; } = null!;

#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary><c>ContainerLibrarySource</c>, as <see cref="ReadLibrarySources"/> gave it.</summary>
    public ITaskItem[] LibrarySources { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override string Project => Request.GetMetadata("ProjectName");

    /// <inheritdoc/>
    protected override string Results => Request.GetMetadata("ResultFile");

    /// <summary>Reads the request.</summary>
    private protected RequestReader Reader => new(new ProjectItem(Request), LibrarySources.Select(ProjectItem.OfLibrarySource), Environment.GetEnvironmentVariable);
}
