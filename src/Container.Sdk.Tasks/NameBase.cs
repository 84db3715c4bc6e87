using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>Says what the base image of this library project is called.</summary>
public sealed class NameBase : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    [Required] public string ProjectFolder { get; set; } = "";
    [Required] public string PackageId { get; set; } = "";
    [Required] public string PackageVersion { get; set; } = "";
    public string Registry { get; set; } = "";
    public string Repository { get; set; } = "";
    public string RepositoryPrefix { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];

    [Output] public string TargetRegistry { get; set; } = "";
    [Output] public string TargetRepository { get; set; } = "";
    [Output] public string TargetTag { get; set; } = "";
    [Output] public string Reference { get; set; } = "";
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        if (!NuGetVersion.TryParse(PackageVersion, out var version)) throw Diagnostics.InvalidVersion.Error(PackageVersion, PackageId);
        var name = BaseName.Of(LibrarySourceReader.Read(LibrarySources, ProjectFolder), PackageId, version, Registry, RepositoryPrefix, Repository, ProjectFolder);
        (TargetRegistry, TargetRepository, TargetTag, Reference) = (name.Registry, name.Repository, name.Tag, name.Reference);
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
