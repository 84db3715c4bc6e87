namespace Container.Sdk.Publishing;

/// <summary>The images of a solution.</summary>
public static class SolutionImages
{
    /// <summary>Finds two projects that would write the same image.</summary>
    /// <param name="projects">The projects, each with its early request as metadata.</param>
    /// <param name="all">Whether projects without a strategy make an image too.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SameImageTwice"/></exception>
    public static void Check(IEnumerable<IProjectItem> projects, bool all)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var project in projects.Where(p => p["MakesImage"] == "true" && p["ContainerPublish"] != "false" && (all || p["ContainerStrategy"].Length > 0)).DistinctBy(p => p.Include))
            foreach (var name in Written(project))
                if (!owners.TryAdd(name, project.Include)) throw Diagnostics.SameImageTwice.Error(owners[name], project.Include, name);
    }

    private static IEnumerable<string> Written(IProjectItem project)
    {
        try
        {
            return (new RequestReader(project, [], _ => null).ReadNaming() with { IsDelivered = true }).ToTarget().Written;
        }
        catch (Exception e) when (e is ContainerException or RequestException)
        {
            // A name that cannot be read is that project's own error, with its own code.
            return [];
        }
    }
}

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
