namespace Container.Sdk.Planning;

/// <summary>Which folder the builder reads from.</summary>
public static class SourceRoot
{
    /// <summary>The repository; without one, the solution's folder where that has everything; else the lowest folder that has.</summary>
    /// <param name="repository">The folder above the app with <c>.git</c>, or <c>null</c>.</param>
    /// <param name="solution">The solution's folder, or <c>null</c>.</param>
    /// <param name="files">Everything that is read; absolute.</param>
    public static string Choose(string? repository, string? solution, IReadOnlyCollection<string> files)
    {
        if (repository is not null) return repository;
        if (solution is not null && files.All(f => SourcePlanner.IsIn(solution, f))) return solution;
        var folder = Path.GetDirectoryName(files.First())!;
        while (!files.All(f => SourcePlanner.IsIn(folder, f)) && Path.GetDirectoryName(folder) is { } parent) folder = parent;
        return folder;
    }
}
