namespace Container.Sdk.Publishing;

/// <summary>A solution: <c>.sln</c> or <c>.slnx</c>.</summary>
public static class SolutionFile
{
    private static readonly string[] Extensions = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>The absolute paths of its projects that are there. Both formats write a project's path between quotation marks.</summary>
    public static IEnumerable<string> ReadProjects(string file) => File.ReadAllText(file).Split('"')
        .Where(text => Extensions.Any(e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        .Select(path => Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(file)!))
        .Where(File.Exists).Distinct();
}
