using Container.Sdk.Publishing;

namespace Container.Sdk.Tasks;

/// <summary>Writes what was published, and its plan, into a folder from which an image is made elsewhere.</summary>
public sealed class StageImage : RequestTask
{
    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var request = ReadRequest();
        var folder = Path.GetFullPath(Request.GetMetadata("ContainerStageDirectory"), request.Project.Folder);
        StageFolder.Write(PlanDocument.Load(request.Output.Plan), folder);
        Announce($"{Project} -> {folder}");
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
