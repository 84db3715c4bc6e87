using Container.Sdk.Publishing;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From what the project says and publishes to <c>plan.json</c>.</summary>
public sealed class PlanImage : RequestTask
{
#pragma warning disable CA1819 // MSBuild gives items as arrays.
    /// <summary><c>ResolvedFileToPublish</c>.</summary>
    public ITaskItem[] Files { get; set; } = [];
#pragma warning restore CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var request = ReadRequest();
        return Publisher.PlanAsync(request, PublishedProject.Read(request.Project.Folder, ProjectItem.All(Files), ProjectItem.All(Items)), cancellation);
    }
}
