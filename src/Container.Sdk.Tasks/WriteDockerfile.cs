using Container.Sdk.Publishing;

namespace Container.Sdk.Tasks;

/// <summary><c>GenerateDockerfile</c>: from <c>plan.json</c> to a Dockerfile and all that a builder needs besides it.</summary>
public sealed class WriteDockerfile : RequestTask
{
    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var request = ReadRequest();
        var build = await Publisher.WriteDockerfileAsync(request, PlanDocument.Load(request.Output.Plan), cancellation).ConfigureAwait(false);
        Announce($"{Project} -> {build.Dockerfile}");
    }
}
