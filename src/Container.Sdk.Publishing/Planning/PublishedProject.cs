using System.Collections.Immutable;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>What a build says of the files that it publishes.</summary>
/// <param name="Files">The items of <c>ResolvedFileToPublish</c>, and static web assets.</param>
/// <param name="OwnNames">Names in the publish folder that belong to the app, where they are there.</param>
/// <param name="ReferencedProjects">Absolute paths of the projects that it refers to, directly or through others.</param>
public sealed record PublishedProject(IReadOnlyList<PublishedItem> Files, ImmutableArray<string> OwnNames, ImmutableArray<string> ReferencedProjects)
{
    /// <summary>Nothing is published on this machine.</summary>
    public static PublishedProject Nothing { get; } = new([], [], []);

    /// <summary>From items of a build.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="files"><c>ResolvedFileToPublish</c>.</param>
    /// <param name="others">Items of further kinds: <c>StaticWebAsset</c>, <c>OwnFile</c>, <c>ReferencedProject</c>.</param>
    public static PublishedProject Read(string folder, IEnumerable<IProjectItem> files, IEnumerable<IProjectItem> others)
    {
        var kinds = others.ToLookup(i => i[RequestReader.KindOfItem], StringComparer.Ordinal);
        return new PublishedProject(
            [.. files.Select(f => ReadFile(folder, f)), .. kinds["StaticWebAsset"].Select(a => new PublishedItem(Place(a["TargetPath"]), Path.GetFullPath(a.Include, folder)) { IsStaticWebAsset = true })],
            [.. kinds["OwnFile"].Select(f => Place(f.Include))],
            [.. kinds["ReferencedProject"].Select(p => Path.GetFullPath(p.Include, folder)).Distinct(StringComparer.Ordinal)]);
    }

    // As the file lies in the publish folder: `./x` and `a//b` are `x` and `a/b` there.
    private static string Place(string path) => string.Join('/', path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."));

    private static PublishedItem ReadFile(string folder, IProjectItem item) => new(Place(item["RelativePath"]), Path.GetFullPath(item.Include, folder))
    {
        NuGetPackageId = item["NuGetPackageId"],
        NuGetPackageVersion = item["NuGetPackageVersion"],
        PathInPackage = item["PathInPackage"],
        ReferenceSourceTarget = item["ReferenceSourceTarget"],
        MSBuildSourceProjectFile = item["MSBuildSourceProjectFile"],
        Imports = item["ContainerSdk"].Length > 0 ? new ReferencedSdk(item["ContainerPackageId"], item["ContainerRepositoryPrefix"], item["ContainerRepository"]) : null,
    };
}
