using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>Asks a base image what it brings, so that an app is planned with what it lacks: <c>base.json</c>, a step before <c>plan.json</c>.</summary>
public sealed class ReadBase : ContainerTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string ProjectFolder { get; set; } = "";
    [Required] public string BaseImage { get; set; } = "";
    [Required] public string RuntimeIdentifier { get; set; } = "";
    [Required] public string RecordFile { get; set; } = "";
    [Required] public string FrameworkVersion { get; set; } = "";
    public bool NeedsAspNet { get; set; }

    /// <summary>The library whose base it should be; empty where the user named the base.</summary>
    public string Library { get; set; } = "";
    public string LockFilePath { get; set; } = "";
    public string Registry { get; set; } = "";
    public string Engine { get; set; } = "";
    public string EngineContext { get; set; } = "";
    public string TrustedTokenHosts { get; set; } = "";
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var session = BuildSession.Of(BuildEngine);
        session.Reporter.SpeakTo(this);
        var output = Registry.Length == 0 || Registry.StartsWith("oci:", StringComparison.Ordinal) ? null : RegistryHost.Parse(Registry.Trim());
        session.Configure(output, TrustedTokenHosts.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), EngineContext);
        var platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier);
        var reference = LockedBase.Of(ImageReference.Parse(BaseImage, ProjectFolder), platform, LockFilePath, isLocked: false);
        var image = await ResolveAsync(session, reference, platform).WaitAsync(cancellation).ConfigureAwait(false);
        if (image is not null && BaseFit.Fault(image.Configuration, FrameworkVersion, NeedsAspNet) is { } fault) throw Diagnostics.BaseDoesNotFit.Error(ProjectName, BaseImage, fault);
        var record = image is null ? BaseRecord.Empty : BaseRecord.Read(image.Configuration.Labels, BaseImage);
        AtomicFile.Write(RecordFile, Encoding.UTF8.GetBytes(record.ToLabel() ?? "{}"), durable: false);
    }

    private async Task<Image?> ResolveAsync(BuildSession session, ImageReference reference, Platform platform)
    {
        try
        {
            return await session.ResolveBaseAsync(reference, platform, Engine).ConfigureAwait(false);
        }
        catch (ContainerException e) when (Library.Length > 0 && e.Diagnostic == Diagnostics.ImageNotFound)
        {
            throw Diagnostics.BaseNotPublished.Error(e, ProjectName, $"{BaseImage}, the base image of {Library}");
        }
    }
}
