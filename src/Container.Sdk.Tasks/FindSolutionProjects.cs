using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>The projects of a solution that can make images.</summary>
public sealed class FindSolutionProjects : ContainerTask
{
    /// <summary>The solution.</summary>
    [Required]
    public string SolutionPath { get; set; } = "";

#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>Absolute paths of its projects.</summary>
    [Output]
    public string[] Projects { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        Projects = [.. SolutionFile.ReadProjects(SolutionPath)];
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
