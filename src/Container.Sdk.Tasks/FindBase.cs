using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>Finds the base image that an app starts from: that of the library that it refers to.</summary>
public sealed class FindBase : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    [Required] public string ProjectFolder { get; set; } = "";
    public string Registry { get; set; } = "";
    public string RepositoryPrefix { get; set; } = "";
    public string AssetsFile { get; set; } = "";
    public string TargetFramework { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];

    /// <summary>The package references of the project itself.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Base images of referenced projects, as they say them: <c>PackageId</c>.</summary>
    public ITaskItem[] ProjectBases { get; set; } = [];

    [Output] public string BaseImage { get; set; } = "";

    /// <summary>The library whose base it is.</summary>
    [Output] public string Library { get; set; } = "";
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var graph = AssetsFileReader.Read(AssetsFile, TargetFramework);
        var sources = LibrarySourceReader.Read(LibrarySources, ProjectFolder);
        var bases = ProjectBases.Select(p => (Id: p.GetMetadata("PackageId"), Image: p.ItemSpec))
            .Concat(References.Where(r => sources.Covers(r.ItemSpec) && graph.Nodes.ContainsKey(r.ItemSpec)).Select(r => (Id: r.ItemSpec, Image: "")))
            .DistinctBy(b => b.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(b => b.Id, b => b.Image, StringComparer.OrdinalIgnoreCase);
        // The base of a library has the libraries that it needs itself.
        var topmost = graph.Topmost(bases.Keys);
        if (topmost.Length > 1) throw Diagnostics.SeveralBases.Error(ProjectName, string.Join(", ", topmost));
        if (topmost.Length == 0) return System.Threading.Tasks.Task.CompletedTask;
        Library = topmost[0];
        BaseImage = bases[Library] is { Length: > 0 } image
            ? image
            : BaseName.Of(sources, Library, NuGetVersion.Parse(graph.Nodes[Library].Version), Registry, RepositoryPrefix, "", ProjectFolder).Reference;
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
