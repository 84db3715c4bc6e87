namespace Container.Sdk.Sources;

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
