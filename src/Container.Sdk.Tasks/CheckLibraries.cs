using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>
/// After restore: whether the packages that a build uses are the library images' own. An older package of the same version in
/// NuGet's folder, or one of a public feed, wins without a word.
/// </summary>
public sealed class CheckLibraries : LibraryTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    /// <summary>Files of packages, with <c>NuGetPackageId</c>, <c>NuGetPackageVersion</c> and <c>PathInPackage</c>.</summary>
    public ITaskItem[] Files { get; set; } = [];
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var (sources, store) = (ReadSources(), OpenStore());
        foreach (var file in Files.Where(f => sources.Covers(f.GetMetadata("NuGetPackageId"))).DistinctBy(f => (f.GetMetadata("NuGetPackageId"), f.GetMetadata("NuGetPackageVersion"))))
        {
            var (id, version) = (PackageId.Parse(file.GetMetadata("NuGetPackageId")), NuGetVersion.Parse(file.GetMetadata("NuGetPackageVersion")));
            if (FolderOf(file) is not { } folder || folder == store.Packages.PathOf(id, version)) continue;
            if (PackageFolder.HashIn(folder) != store.Packages.HashOf(id, version))
                Warn(Diagnostics.OtherPackage, id.Value, version.ToNormalizedString(), folder, sources.Find(id)!.ToString());
        }
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private static string? FolderOf(ITaskItem file)
    {
        var (path, inside) = (file.ItemSpec.Replace('\\', '/'), file.GetMetadata("PathInPackage"));
        return inside.Length > 0 && path.EndsWith("/" + inside, StringComparison.Ordinal) ? file.ItemSpec[..^(inside.Length + 1)] : null;
    }
}
