using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Finds the last commit that touched a project, for its assembly and its Source Link.</summary>
public sealed class FindRevision : ContainerTask
{
    /// <summary>One item: <c>ProjectName</c>, <c>Head</c>, <c>Outputs</c> and <c>IsPublishing</c> are its metadata.</summary>
    [Required]
    public ITaskItem Request { get; set; } = null!;

#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>The repositories that sources are in: the project's, its submodules, and others.</summary>
    [Required]
    public ITaskItem[] SourceRoots { get; set; } = [];

    /// <summary>The project's files, also those outside of its folder.</summary>
    public string[] Inputs { get; set; } = [];

    /// <summary>The submodules that the project takes nothing from.</summary>
    [Output]
    public ITaskItem[] UnusedSourceRoots { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>The commit; empty where the one that the assembly would get is to stay.</summary>
    [Output]
    public string Revision { get; set; } = "";

    /// <summary>The repository of the project, as it was given.</summary>
    [Output]
    public string SourceRoot { get; set; } = "";

    /// <inheritdoc/>
    protected override string Project => Request.GetMetadata("ProjectName");

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var revision = new ProjectRevision(Session, new ProjectItem(Request), this);
        if (await revision.FindAsync([.. ProjectItem.All(SourceRoots)], Inputs, cancellation).ConfigureAwait(false) is not { } found) return;
        (Revision, SourceRoot) = (found.Commit, found.Root.Include);
        UnusedSourceRoots = [.. found.UnusedRoots.Select(r => ((ProjectItem)r).TaskItem)];
    }
}
