using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>
/// Begins to ask for the base and the destination while the compiler works: their answers are what the container step
/// would wait for. It reports nothing; whatever is wrong is reported where the answers are used.
/// </summary>
public sealed class AskEarly : ImageTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    public string BaseImage { get; set; } = "";
    public string RuntimeIdentifier { get; set; } = "";
    public string ImageFormat { get; set; } = "";
    public string LockFilePath { get; set; } = "";
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            var target = ReadTarget();
            var session = OpenSession(target);
            // This task has ended when the answers come.
            session.Reporter.SpeakTo(new SilentReporter());
            var format = SettingsReader.Choice("ContainerImageFormat", ImageFormat, ("OCI", Oci.ImageFormat.Oci), ("Docker", Oci.ImageFormat.Docker));
            var platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier);
            var reference = LockedBase.Of(ImageReference.Parse(BaseImage, ProjectFolder), platform, LockFilePath, isLocked: false);
            _ = System.Threading.Tasks.Task.Run(() => Observe(session.PrepareAsync(target, format)), CancellationToken.None);
            _ = System.Threading.Tasks.Task.Run(() => Observe(session.ResolveBaseAsync(reference, platform, Engine)), CancellationToken.None);
        }
        catch (ContainerException e)
        {
            Detail(e.Message);
        }
        return System.Threading.Tasks.Task.CompletedTask;
    }

    // An exception that nobody awaits, because the compiler fails too, is no unobserved one.
    private static async System.Threading.Tasks.Task Observe(System.Threading.Tasks.Task asking) => await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
