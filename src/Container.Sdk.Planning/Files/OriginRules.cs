namespace Container.Sdk.Planning;

/// <summary>Finds the origin of published files.</summary>
/// <param name="projectFolder">Folder of the app's project.</param>
/// <param name="assemblyName">Name of the app's assembly: whatever is called so is compiled, all else of the app's is content.</param>
/// <param name="referencedProjects">Project files that the app refers to, directly or through others.</param>
/// <param name="isLibrary">Whether a package of this id travels as a library image; <c>null</c>: none does.</param>
public sealed class OriginRules(string projectFolder, string assemblyName, IEnumerable<string> referencedProjects, Func<string, bool>? isLibrary = null)
{
    private readonly List<(string Folder, string Project)> _projects =
    [
        .. referencedProjects
            .Select(p => (Folder: WithSeparator(Path.GetDirectoryName(p) ?? ""), Project: Path.GetFileNameWithoutExtension(p)))
            .DistinctBy(p => p.Folder)
            .OrderByDescending(p => p.Folder.Length).ThenBy(p => p.Folder, StringComparer.Ordinal),
    ];

    private readonly string _own = WithSeparator(projectFolder);

    /// <summary>The origin of a file.</summary>
    public FileOrigin Of(PublishedItem item)
    {
        // First, because a project that is referred to through another one has the id of its package too.
        if (item.MSBuildSourceProjectFile.Length > 0 && item.ReferenceSourceTarget == "ProjectReference")
            return new FileOrigin(OriginKind.Project, Path.GetFileNameWithoutExtension(item.MSBuildSourceProjectFile));
        if (item.NuGetPackageId.Length > 0)
            return new FileOrigin(KindOf(item.NuGetPackageId), item.NuGetPackageId, item.NuGetPackageVersion);
        if (item.IsStaticWebAsset) return FileOrigin.StaticAsset;
        if (IsHost(item)) return FileOrigin.Host;
        // Content files of a referenced project come without any metadata; the folder that they lie in tells.
        var owner = _projects.FirstOrDefault(p => item.Source.StartsWith(p.Folder, StringComparison.Ordinal));
        var isOwn = item.Source.StartsWith(_own, StringComparison.Ordinal) && _own.Length >= (owner.Folder?.Length ?? 0);
        return owner.Project is null || isOwn ? IsCompiled(item.RelativePath) ? FileOrigin.App : FileOrigin.Content : new FileOrigin(OriginKind.Project, owner.Project);
    }

    // The .NET SDK copies its host to obj/…/apphost and writes the assembly's name into it. A single-file program is none.
    private bool IsHost(PublishedItem item) =>
        Path.GetFileNameWithoutExtension(item.Source) == "apphost" && (item.RelativePath == assemblyName || item.RelativePath == assemblyName + ".exe");

    // Orders.Api, Orders.Api.dll, Orders.Api.deps.json, de/Orders.Api.resources.dll.
    private bool IsCompiled(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return name.StartsWith(assemblyName, StringComparison.Ordinal) && (name.Length == assemblyName.Length || name[assemblyName.Length] == '.');
    }

    private OriginKind KindOf(string package) =>
        IsRuntimePack(package) ? OriginKind.Runtime : isLibrary?.Invoke(package) == true ? OriginKind.Library : OriginKind.Package;

    // The packs that a self-contained publish takes the runtime from: Microsoft.NETCore.App.Runtime.linux-x64 and its like.
    private static bool IsRuntimePack(string id) =>
        id.StartsWith("Microsoft.NETCore.App.Runtime.", StringComparison.OrdinalIgnoreCase)
        || id.StartsWith("Microsoft.AspNetCore.App.Runtime.", StringComparison.OrdinalIgnoreCase);

    private static string WithSeparator(string folder) =>
        folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar;
}
