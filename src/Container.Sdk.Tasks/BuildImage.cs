using Container.Sdk.Publishing;

namespace Container.Sdk.Tasks;

/// <summary>From <c>plan.json</c> to an image in a folder.</summary>
public sealed class BuildImage : RequestTask
{
    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var request = ReadRequest();
        return Publisher.BuildAsync(request, PlanDocument.Load(request.Output.Plan), cancellation);
    }
}
