using System.Collections.Immutable;
using Container.Sdk.Processes;

namespace Container.Sdk.Publishing;

/// <summary>The last commit that touched a project.</summary>
/// <param name="Commit">Its hash.</param>
/// <param name="Root">The repository.</param>
/// <param name="UnusedRoots">The submodules that the project takes nothing from.</param>
public sealed record FoundRevision(string Commit, IProjectItem Root, ImmutableArray<IProjectItem> UnusedRoots);

/// <summary>Finds the last commit that touched a project.</summary>
/// <param name="session">What all projects of a build share: they have the same problems with git.</param>
/// <param name="request"><c>Head</c>, the commit that the assembly would get; <c>Outputs</c>, folders that builds write to; <c>IsPublishing</c>, whether it matters to somebody that there is no history.</param>
/// <param name="reporter">Told what was found.</param>
public sealed class ProjectRevision(PublishSession session, IProjectItem request, IReporter reporter)
{
    private static readonly object NoHistory = new();

    /// <summary>Finds it.</summary>
    /// <param name="sourceRoots">MSBuild's <c>SourceRoot</c>: the project's repository, its submodules, and others.</param>
    /// <param name="inputs">The project's files, also those outside of its folder.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <returns><c>null</c> where it is not known.</returns>
    public async Task<FoundRevision?> FindAsync(IReadOnlyList<IProjectItem> sourceRoots, IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        var (name, head, folder) = (request["ProjectName"], request["Head"], Path.GetDirectoryName(request.Include)!);
        var repositories = sourceRoots.Where(r => r["SourceControl"] == "git").ToList();
        var own = repositories.Where(r => GitProjectPaths.Inside(PathOf(r), folder) is not null).MaxBy(r => PathOf(r).Length);
        if (own is null || own["RevisionId"] != head || !head.All(char.IsAsciiHexDigit)) return null;
        var submodules = repositories.ToLookup(PathOf);
        var outputs = request["Outputs"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var paths = GitProjectPaths.Of(folder, PathOf(own), submodules.Select(s => s.Key), inputs, outputs);
        var (commit, problem) = await GitHistory.FindAsync(paths, head, ImmutableDictionary<string, string?>.Empty, cancellation).ConfigureAwait(false);
        if (problem is not null) Tell(name, problem);
        if (commit is null) return null;
        reporter.Detail($"{name}: last changed in {commit}");
        return new FoundRevision(commit, own, [.. paths.UnusedSubmodules.SelectMany(s => submodules[s])]);
    }

    private static string PathOf(IProjectItem root) => root["FullPath"];

    private void Tell(string name, string problem)
    {
        if (request["IsPublishing"] == "true" && session.Refuse(NoHistory)) reporter.Warn(Diagnostics.NoHistory, name, problem);
        else reporter.Detail($"{name}: {problem}");
    }
}
