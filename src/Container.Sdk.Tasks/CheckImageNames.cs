using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Finds two projects of a solution that would write the same image, before either sends anything.</summary>
public sealed class CheckImageNames : ContainerTask
{
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>The projects, each with what its image is called as metadata.</summary>
    public ITaskItem[] Images { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>Whether projects without a strategy make an image too: where one was asked for by the target's name.</summary>
    public bool All { get; set; }

    /// <summary>Name of the project, for the log.</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>Where a failure is written to.</summary>
    public string ResultFile { get; set; } = "";

    /// <inheritdoc/>
    protected override string Project => ProjectName;

    /// <inheritdoc/>
    protected override string Results => ResultFile;

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        SolutionImages.Check(ProjectItem.All(Images), All);
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
