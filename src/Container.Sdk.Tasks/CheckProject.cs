namespace Container.Sdk.Tasks;

/// <summary>Checks what a project asks for, before anything is asked or made.</summary>
public sealed class CheckProject : RequestTask
{
    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        ReadRequest();
        if (Request.GetMetadata("ContainerImageName").Length > 0) Warn(Diagnostics.Obsolete, "ContainerImageName", "ContainerRepository");
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
