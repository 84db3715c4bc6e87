using System.Collections.Immutable;

namespace Container.Sdk.Processes;

/// <summary>The paths of a git repository that a project is made of. They are relative to the repository's folder and have <c>/</c>.</summary>
/// <param name="Root">The working folder of the repository; absolute.</param>
/// <param name="Paths">The project's folder, files that it takes from elsewhere, and files that MSBuild and the compiler look for above it.</param>
/// <param name="Outputs">Folders below the project's own that builds write to.</param>
/// <param name="UnusedSubmodules">Folders of submodules that the project takes nothing from, as they were given.</param>
public sealed record GitProjectPaths(string Root, ImmutableArray<string> Paths, ImmutableArray<string> Outputs, ImmutableArray<string> UnusedSubmodules)
{
    // What MSBuild and the compiler look for in the folders above a project, whether it is there now or was once.
    private static readonly ImmutableArray<string> LookedForAbove =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props", "global.json", ".editorconfig", ".globalconfig"];

    /// <summary>The paths of a project. Nothing is read: whether a path is there now does not matter to its history.</summary>
    /// <param name="folder">The project's folder; absolute.</param>
    /// <param name="root">The working folder of the repository, at or above the project's folder; absolute.</param>
    /// <param name="submodules">The working folders of its submodules; absolute.</param>
    /// <param name="inputs">The project's files, wherever they are; absolute, or relative to its folder. Those outside of the repository have no history in it.</param>
    /// <param name="outputs">Folders that builds write to; absolute, or relative to the project's folder.</param>
    public static GitProjectPaths Of(string folder, string root, IEnumerable<string> submodules, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        ImmutableArray<(string Given, string Path)> nested =
            [.. submodules.Select(s => (s, Path: Inside(root, s))).Where(s => s.Path is { Length: > 0 }).Select(s => (s.s, s.Path!)).OrderBy(s => s.Item2.Length)];
        ImmutableArray<string> paths =
        [
            .. Above(folder, root).Concat(inputs.Select(i => Path.Combine(folder, i)).Where(i => Inside(folder, i) is null)).Prepend(folder)
                .Select(p => Inside(root, p)).OfType<string>(),
        ];
        // A repository has a submodule as one entry, a commit; what is in it has a history of its own.
        var used = nested.Where(s => paths.Any(p => Contains(s.Path, p) || Contains(p, s.Path))).ToList();
        return new GitProjectPaths(
            root,
            [.. paths.Select(p => used.FirstOrDefault(s => Contains(s.Path, p)).Path ?? p).Distinct()],
            [.. outputs.Select(o => Path.Combine(folder, o)).Where(o => Inside(folder, o) is { Length: > 0 }).Select(o => Inside(root, o)!.TrimEnd('/')).Distinct()],
            [.. nested.Except(used).Select(s => s.Given)]);
    }

    /// <summary>A path relative to a folder, with <c>/</c>; empty for the folder itself, <c>null</c> for what lies outside of it.</summary>
    /// <param name="folder">The folder; absolute.</param>
    /// <param name="path">The path; absolute.</param>
    public static string? Inside(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/').TrimEnd('/');
        return relative == "." ? "" : relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    private static IEnumerable<string> Above(string folder, string root)
    {
        for (var at = Path.GetDirectoryName(folder); at is not null && Inside(root, at) is not null; at = Path.GetDirectoryName(at))
            foreach (var name in LookedForAbove) yield return Path.Combine(at, name);
    }

    private static bool Contains(string folder, string path) => folder.Length == 0 || path == folder || path.StartsWith(folder + '/', StringComparison.Ordinal);
}
