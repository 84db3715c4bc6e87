using System.Collections.Immutable;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>Finds the base image that an app starts from: that of the library that it refers to.</summary>
public static class BaseSearch
{
    /// <summary>Finds it.</summary>
    /// <param name="project">The app.</param>
    /// <param name="naming">Where its own image goes: the bases of packages lie beside it unless a source says where.</param>
    /// <param name="references">The packages that the app itself refers to.</param>
    /// <param name="projectBases">The base images of referenced projects, by package id.</param>
    /// <returns>The library and its base; <c>null</c> where the app refers to no library.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.SeveralBases"/></exception>
    public static (string Library, string Image)? Find(ProjectIdentity project, ImageNaming naming, ImmutableArray<string> references, ImmutableArray<(string PackageId, string Image)> projectBases)
    {
        var graph = AssetsFile.Read(project);
        var bases = projectBases
            .Concat(references.Where(r => naming.Libraries.Covers(r) && graph.Nodes.ContainsKey(r)).Select(r => (PackageId: r, Image: "")))
            .DistinctBy(b => b.PackageId, StringComparer.OrdinalIgnoreCase).ToDictionary(b => b.PackageId, b => b.Image, StringComparer.OrdinalIgnoreCase);
        // The base of a library has the libraries that it needs itself.
        var topmost = graph.Topmost(bases.Keys);
        if (topmost.Length > 1) throw Diagnostics.SeveralBases.Error(project.Name, string.Join(", ", topmost));
        if (topmost.Length == 0) return null;
        var library = topmost[0];
        if (bases[library].Length > 0) return (library, bases[library]);
        var ofPackage = naming with { Kind = ImageKind.Base, Repository = "", Tags = [], PackageId = library, PackageVersion = graph.Nodes[library].Version };
        return (library, ofPackage.ToReference().ToString()!);
    }
}
