using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>The files of a root folder that take part in a build in a container.</summary>
internal static class SourceFiles
{
    private static readonly string[] Outputs = ["bin", "obj", ".git", ".vs", "TestResults"];

    /// <summary>Each file that is copied into the container where it cannot be mounted, and its place there. It is what a Dockerfile's context has; no secrets.</summary>
    public static IEnumerable<(string Source, string Target)> Of(SourcePlan plan)
    {
        var secret = plan.SecretConfigs.Select(c => c.File).ToHashSet(StringComparer.Ordinal);
        var files = plan.Projects.SelectMany(p => Below(plan.Root, p.Folder))
            .Concat(plan.Projects.SelectMany(p => p.RestoreFiles.Concat(p.LinkedFiles))).Concat(plan.CompilerFiles)
            .Concat(plan.Shared.SelectMany(s => s.EndsWith('/') ? Below(plan.Root, s.TrimEnd('/')) : [s]));
        return files.Distinct().Where(f => !secret.Contains(f) && !SecretFiles.IsSecretName(f) && File.Exists(Path.Combine(plan.Root, f)))
            .Order(StringComparer.Ordinal).Select(f => (Path.Combine(plan.Root, f), $"{SourceNames.Root}/{f}"));
    }

    /// <summary>All NuGet configurations in folders of the root and below them; absolute.</summary>
    /// <param name="root">The root; absolute.</param>
    /// <param name="folders">The folders; absolute.</param>
    public static IEnumerable<string> NuGetConfigsBelow(string root, IEnumerable<string> folders) => folders
        .SelectMany(f => Below(root, Path.GetRelativePath(root, f) is var path && path == "." ? "" : path.Replace(Path.DirectorySeparatorChar, '/')))
        .Where(f => Path.GetFileName(f).Equals("nuget.config", StringComparison.OrdinalIgnoreCase)).Select(f => Path.GetFullPath(f, root)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Below(string root, string folder)
    {
        foreach (var entry in new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos())
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry is not DirectoryInfo directory) yield return path;
            else if (directory.LinkTarget is null && !Outputs.Contains(entry.Name))
                foreach (var file in Below(root, path)) yield return file;
        }
    }
}

/// <summary>Files that no project names, and that MSBuild, NuGet or the compiler look for in a project's folder and those above it.</summary>
internal static class FilesAbove
{
    /// <summary>The folder at or above another that has a file or folder of a name; <c>null</c> where none has.</summary>
    public static string? FolderWith(string name, string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (Path.Exists(Path.Combine(at, name))) return at;
        return null;
    }

    /// <summary>Those that restore reads, from a project's folder up to the root.</summary>
    public static IEnumerable<string> ForRestore(string folder, string root) => Folders(folder, root).SelectMany(f =>
        Directory.EnumerateFiles(f, "Directory.*").Where(n => Path.GetExtension(n) is ".props" or ".targets" or ".rsp")
            .Concat(Existing(f, "global.json", "container.lock.json")));

    /// <summary>Those that only the compiler reads, from a project's folder up to the root.</summary>
    public static IEnumerable<string> ForCompiler(string folder, string root) => Folders(folder, root).SelectMany(f => Existing(f, ".editorconfig", ".globalconfig"));

    /// <summary>Lock files beside a project: NuGet's, and that of library images.</summary>
    public static IEnumerable<string> Locks(string folder) =>
        Directory.EnumerateFiles(folder, "packages*.lock.json").Concat(Existing(folder, "container.lock.json"));

    private static IEnumerable<string> Existing(string folder, params string[] names) => names.Select(n => Path.Combine(folder, n)).Where(File.Exists);

    // The project's own folder too: its sources are copied as a whole, but only after restore.
    private static IEnumerable<string> Folders(string folder, string root)
    {
        for (var at = folder; at is not null && at.Length >= root.Length; at = Path.GetDirectoryName(at)) yield return at;
    }
}
