using System.Collections.Immutable;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Finds the last commit that touched a project, for its assembly and its Source Link.</summary>
public sealed class FindRevision : ContainerTask
{
    /// <summary>The project's folder.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>The commit that the assembly would get.</summary>
    [Required]
    public string Head { get; set; } = "";

#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary>The repositories that sources are in: the project's, its submodules, and others.</summary>
    [Required]
    public ITaskItem[] SourceRoots { get; set; } = [];

    /// <summary>The project's files, also those outside of its folder.</summary>
    public string[] Inputs { get; set; } = [];

    /// <summary>Folders that builds write to.</summary>
    public string[] Outputs { get; set; } = [];

    /// <summary>The submodules that the project takes nothing from.</summary>
    [Output]
    public ITaskItem[] UnusedSourceRoots { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>Whether it matters to somebody that there is no history.</summary>
    public bool Announce { get; set; }

    /// <summary>The commit; empty where <see cref="Head"/> is to stay.</summary>
    [Output]
    public string Revision { get; set; } = "";

    /// <summary>The repository of the project, as it was given.</summary>
    [Output]
    public string SourceRoot { get; set; } = "";

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var repositories = SourceRoots.Where(r => r.GetMetadata("SourceControl") == "git").ToList();
        var own = repositories.Where(r => ProjectSources.Inside(PathOf(r), ProjectFolder) is not null).MaxBy(r => PathOf(r).Length);
        if (own is null || own.GetMetadata("RevisionId") != Head || !Head.All(char.IsAsciiHexDigit)) return;
        var submodules = repositories.ToLookup(PathOf);
        var sources = ProjectSources.Of(ProjectFolder, PathOf(own), submodules.Select(s => s.Key), Inputs, Outputs);
        var (commit, problem) = await GitHistory.FindAsync(sources, Head, ImmutableDictionary<string, string?>.Empty, cancellation).ConfigureAwait(false);
        if (problem is not null) Report(problem);
        if (commit is null) return;
        (Revision, SourceRoot) = (commit, own.ItemSpec);
        UnusedSourceRoots = [.. sources.UnusedSubmodules.SelectMany(s => submodules[s])];
        Detail($"{ProjectName}: last changed in {commit}");
    }

    private static string PathOf(ITaskItem root) => root.GetMetadata("FullPath");

    // All projects of a repository have the same problem.
    private void Report(string problem)
    {
        var objects = (IBuildEngine4)BuildEngine;
        var key = typeof(FindRevision).FullName!;
        if (!Announce || objects.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is not null)
        {
            Detail($"{ProjectName}: {problem}");
            return;
        }
        objects.RegisterTaskObject(key, problem, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        Warn(Diagnostics.NoHistory, ProjectName, problem);
    }
}
