using Container.Sdk.Publishing;

namespace Container.Sdk.Tasks;

/// <summary><c>ExplainContainer</c>: says what would be made, layer by layer, and what speaks for each strategy.</summary>
public sealed class ExplainImage : RequestTask
{
    /// <summary><c>ContainerStrategy</c> as the project says it.</summary>
    public string AskedStrategy { get; set; } = "";

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        Announce(ContainerPublisher.Explain(ReadRequest(), AskedStrategy));
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
