using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>The files that a container needs to compile a project, where it sees no folder of this machine: what a Dockerfile's context would hold.</summary>
internal static class SourceFiles
{
    private static readonly string[] Made = ["bin", "obj", ".git", ".vs", "TestResults"];

    /// <summary>Each file, with its place in the container.</summary>
    public static IEnumerable<(string Source, string Path)> Of(SourcePlan plan)
    {
        var secret = plan.SecretConfigs.Select(c => c.File).ToHashSet(StringComparer.Ordinal);
        var files = plan.Projects.SelectMany(p => Below(plan.Root, p.Folder))
            .Concat(plan.Projects.SelectMany(p => p.RestoreFiles.Concat(p.LinkedFiles))).Concat(plan.CompilerFiles)
            .Concat(plan.Shared.SelectMany(s => s.EndsWith('/') ? Below(plan.Root, s.TrimEnd('/')) : [s]));
        return files.Distinct().Where(f => !secret.Contains(f) && !SecretFiles.IsSecretName(f) && File.Exists(Path.Combine(plan.Root, f)))
            .Order(StringComparer.Ordinal).Select(f => (Path.Combine(plan.Root, f), $"{SourceNames.Root}/{f}"));
    }

    /// <summary>The NuGet configurations in folders of the root that are copied as a whole; absolute.</summary>
    public static IEnumerable<string> ConfigsBelow(string root, IEnumerable<string> folders) => folders
        .SelectMany(f => Below(root, Path.GetRelativePath(root, f) is "." ? "" : Path.GetRelativePath(root, f).Replace(Path.DirectorySeparatorChar, '/')))
        .Where(f => Path.GetFileName(f).Equals("nuget.config", StringComparison.OrdinalIgnoreCase)).Select(f => Path.GetFullPath(f, root)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Below(string root, string folder)
    {
        var at = new DirectoryInfo(Path.Combine(root, folder));
        foreach (var entry in at.EnumerateFileSystemInfos())
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry is not DirectoryInfo directory) yield return path;
            else if (directory.LinkTarget is null && !Made.Contains(entry.Name))
                foreach (var file in Below(root, path)) yield return file;
        }
    }
}
