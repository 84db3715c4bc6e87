namespace Container.Sdk.Tasks;

/// <summary>Files that lie above a project and that MSBuild, NuGet or the compiler look for by their names.</summary>
internal static class SeenFiles
{
    /// <summary>The folder at or above another that has a file or folder of a name; <c>null</c> where none has.</summary>
    public static string? Above(string folder, string name)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (Path.Exists(Path.Combine(at, name))) return at;
        return null;
    }

    /// <summary>What restore may read.</summary>
    public static IEnumerable<string> ForRestore(string folder, string root) => Folders(folder, root).SelectMany(f =>
        Directory.EnumerateFiles(f, "Directory.*").Where(n => Path.GetExtension(n) is ".props" or ".targets" or ".rsp")
            .Concat(Existing(f, "global.json", "container.lock.json")));

    /// <summary>What only the compiler reads.</summary>
    public static IEnumerable<string> ForCompiler(string folder, string root) => Folders(folder, root).SelectMany(f => Existing(f, ".editorconfig", ".globalconfig"));

    /// <summary>What NuGet and we keep beside a project.</summary>
    public static IEnumerable<string> Locks(string folder) =>
        Directory.EnumerateFiles(folder, "packages*.lock.json").Concat(Existing(folder, "container.lock.json"));

    private static IEnumerable<string> Existing(string folder, params string[] names) => names.Select(n => Path.Combine(folder, n)).Where(File.Exists);

    // Of a project's own folder the sources are copied as a whole, but restore comes before that.
    private static IEnumerable<string> Folders(string folder, string root)
    {
        for (var at = folder; at is not null && at.Length >= root.Length; at = Path.GetDirectoryName(at)) yield return at;
    }
}
