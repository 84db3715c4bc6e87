using System.Collections.Immutable;

namespace Container.Sdk.Tasks;

/// <summary>What of a git repository a project is made of.</summary>
/// <param name="Root">The working folder of the repository.</param>
/// <param name="Paths">The project's folder and what it takes from elsewhere, relative to the root, with slashes.</param>
/// <param name="Outputs">What is made in the project's folder; the same notation.</param>
/// <param name="UnusedSubmodules">Submodules that the project takes nothing from, as they were given.</param>
internal sealed record ProjectSources(string Root, ImmutableArray<string> Paths, ImmutableArray<string> Outputs, ImmutableArray<string> UnusedSubmodules)
{
    // What MSBuild and the compiler look for in the folders above a project, whether it is there now or was once.
    private static readonly ImmutableArray<string> LookedForAbove =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props", "global.json", ".editorconfig", ".globalconfig"];

    /// <param name="folder">The project's folder.</param>
    /// <param name="root">The working folder of the repository, with the project in it.</param>
    /// <param name="submodules">The working folders of its submodules.</param>
    /// <param name="inputs">The project's files, wherever they are; relative ones are relative to its folder.</param>
    /// <param name="outputs">What is made; the same.</param>
    public static ProjectSources Of(string folder, string root, IEnumerable<string> submodules, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        ImmutableArray<(string Given, string Path)> nested =
            [.. submodules.Select(s => (s, Path: Inside(root, s))).Where(s => s.Path is { Length: > 0 }).Select(s => (s.s, s.Path!)).OrderBy(s => s.Item2.Length)];
        ImmutableArray<string> paths =
        [
            .. Above(folder, root).Concat(inputs.Select(i => Path.Combine(folder, i)).Where(i => Inside(folder, i) is null)).Prepend(folder)
                .Select(p => Inside(root, p)).OfType<string>(),
        ];
        // The repository knows a submodule as one entry; what is in it has another history.
        var used = nested.Where(s => paths.Any(p => Contains(s.Path, p) || Contains(p, s.Path))).ToList();
        return new ProjectSources(
            root,
            [.. paths.Select(p => used.FirstOrDefault(s => Contains(s.Path, p)).Path ?? p).Distinct()],
            [.. outputs.Select(o => Path.Combine(folder, o)).Where(o => Inside(folder, o) is { Length: > 0 }).Select(o => Inside(root, o)!.TrimEnd('/')).Distinct()],
            [.. nested.Except(used).Select(s => s.Given)]);
    }

    /// <summary>The path within the folder, with slashes; empty for the folder itself, <c>null</c> for what lies outside.</summary>
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
