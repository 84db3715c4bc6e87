using Container.Sdk.Publishing;

namespace Container.Sdk.Tasks;

/// <summary><c>GenerateBuildScript</c>: <c>build.sh</c> and <c>build.ps1</c>.</summary>
public sealed class WriteBuildScript : RequestTask
{
    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var request = ReadRequest();
        var folder = Request.GetMetadata("ContainerBuildScriptFolder") is { Length: > 0 } own ? Path.GetFullPath(own, request.Project.Folder) : request.Output.Folder;
        foreach (var file in BuildScriptFiles.Write(request, PlanDocument.Load(request.Output.Plan), folder)) Announce($"{Project} -> {file}");
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
