using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>From facts about projects to the paths and the order of a <see cref="SourcePlan"/>.</summary>
/// <param name="root">The folder that the builder reads from; absolute.</param>
/// <param name="facts">The app and all that it refers to, by project file.</param>
public sealed class SourcePlanner(string root, IReadOnlyDictionary<string, SourceFacts> facts)
{
    /// <summary>The projects, each behind those that it uses; the last is the app.</summary>
    /// <param name="app">The app's project file.</param>
    /// <param name="besides">Files in the projects' folders that restore reads and no project names, such as lock files.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SourceOutside"/></exception>
    public ImmutableArray<SourceProject> Projects(string app, IReadOnlyCollection<string> besides)
    {
        var order = new List<string>();
        Visit(app, order, new HashSet<string>(StringComparer.Ordinal));
        return [.. order.Select(file => Describe(facts[file], besides))];
    }

    /// <summary>Files that a project imports from outside of its folder, and that restore therefore reads.</summary>
    public IEnumerable<string> SharedImports() =>
        facts.Values.SelectMany(f => f.Imports.Where(i => !IsIn(Folder(f.File), i)).Select(i => Relative(f.File, i)));

    /// <summary>A path relative to the root, with <c>/</c>.</summary>
    /// <param name="project">Which project needs it, for messages.</param>
    /// <param name="path">The path; absolute.</param>
    public string Relative(string project, string path)
    {
        var relative = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        if (relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            throw Diagnostics.SourceOutside.Error(Path.GetFileNameWithoutExtension(project), path, root);
        return relative;
    }

    /// <summary>Whether a file lies in a folder or below it.</summary>
    public static bool IsIn(string folder, string path) => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private SourceProject Describe(SourceFacts project, IReadOnlyCollection<string> besides)
    {
        var folder = Folder(project.File);
        var used = new List<string>();
        // A project may refer to itself, or back through an order of builds; what it uses is the others.
        var seen = new HashSet<string>(StringComparer.Ordinal) { project.File };
        foreach (var reference in References(project)) Visit(reference, used, seen);
        return new SourceProject(Relative(project.File, project.File), [.. used.Select(u => Relative(project.File, u))])
        {
            Framework = project.Framework,
            RestoreFiles = Paths(project, project.Imports.Concat(besides.Where(f => Folder(f) == folder)).Where(f => IsIn(folder, f) && f != project.File)),
            LinkedFiles = Paths(project, project.Inputs.Where(f => !IsIn(folder, f))),
            // With a base folder of its own for each project, or the folders in the project's.
            Outputs = Paths(project, project.Outputs.Where(o => !IsIn(folder, o) && IsIn(root, o))),
        };
    }

    private ImmutableArray<string> Paths(SourceFacts project, IEnumerable<string> paths) =>
        [.. paths.Select(p => Relative(project.File, p)).Distinct().Order(StringComparer.Ordinal)];

    private void Visit(string file, List<string> order, HashSet<string> seen)
    {
        if (!seen.Add(file)) return;
        foreach (var reference in References(facts[file])) Visit(reference, order, seen);
        order.Add(file);
    }

    private IEnumerable<string> References(SourceFacts project) => project.References.Where(facts.ContainsKey).Order(StringComparer.Ordinal);

    private static string Folder(string file) => Path.GetDirectoryName(file)!;
}

/// <summary>What MSBuild says of a project; all paths are absolute.</summary>
/// <param name="File">The project file.</param>
/// <param name="References">The project files that it refers to, in any way: also those that it only has built before it.</param>
public sealed record SourceFacts(string File, ImmutableArray<string> References)
{
    /// <summary>The framework that is taken of it, where it has several.</summary>
    public string? Framework { get; init; }

    /// <summary>The files that its project file imports, in any depth, other than those of SDKs and packages.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>The files that its items name, and that lie outside of its folder.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>The folders that it is compiled to.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];
}

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
