using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Container.Sdk.Tasks;

/// <summary>The projects of a solution (<c>.sln</c>, <c>.slnx</c>) that can make images.</summary>
public sealed class FindSolutionProjects : ContainerTask
{
    /// <summary>The solution.</summary>
    [Required]
    public string SolutionPath { get; set; } = "";

    /// <summary>Absolute paths of its projects.</summary>
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    [Output]
    public ITaskItem[] Projects { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(SolutionPath)!;
        // Both formats write a project's path between quotation marks.
        var text = await File.ReadAllTextAsync(SolutionPath, cancellation).ConfigureAwait(false);
        Projects =
        [
            .. text.Split('"').Where(IsProject).Select(p => Path.GetFullPath(p.Replace('\\', Path.DirectorySeparatorChar), folder))
                .Where(File.Exists).Distinct().Select(p => new TaskItem(p)),
        ];
    }

    private static bool IsProject(string text) =>
        text.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".fsproj", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".vbproj", StringComparison.OrdinalIgnoreCase);
}
