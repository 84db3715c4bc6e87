namespace Container.Sdk.Tasks;

/// <summary>
/// Begins to ask for the base and the destination while the compiler works. It reports nothing; whatever is wrong is reported where
/// the answers are used.
/// </summary>
public sealed class AskEarly : EarlyTask
{
    /// <summary>The base image, as far as it is known.</summary>
    public string BaseImage { get; set; } = "";

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            Publisher.AskEarly(Reader.ReadEarly(BaseImage));
        }
        catch (ContainerException e)
        {
            Detail(e.Message);
        }
        return System.Threading.Tasks.Task.CompletedTask;
    }
}
