using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From <c>sources.json</c> and <c>plan.json</c> to a Dockerfile and the ignore file beside it.</summary>
public sealed class WriteSourceDockerfile : ContainerTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string ProjectFolder { get; set; } = "";
    [Required] public string SourcesFile { get; set; } = "";
    [Required] public string PlanFile { get; set; } = "";
    [Required] public string DockerfilePath { get; set; } = "";
    public string Strategy { get; set; } = "";
    public string Engine { get; set; } = "";
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var sources = SourcePlanFile.Read(await File.ReadAllBytesAsync(SourcesFile, cancellation).ConfigureAwait(false));
        var plan = ImagePlanFile.Read(await File.ReadAllBytesAsync(PlanFile, cancellation).ConfigureAwait(false));
        var session = BuildSession.Of(BuildEngine);
        session.Reporter.SpeakTo(this);
        var image = await session.ResolveBaseAsync(ImageReference.Parse(plan.Base, ProjectFolder), plan.Platform, Engine).WaitAsync(cancellation).ConfigureAwait(false);
        var configuration = image?.Configuration ?? ImageConfiguration.Empty(plan.Platform);
        var changes = ConfigurationRules.Apply(plan, configuration, image?.Descriptor.Digest, this);
        var text = SourceDockerfile.Write(sources, plan.Base, changes, configuration, SourceCommand.Head(sources, Strategy, DockerfilePath));
        AtomicFile.Write(DockerfilePath, Encoding.UTF8.GetBytes(text), durable: false);
        AtomicFile.Write($"{DockerfilePath}.dockerignore", Encoding.UTF8.GetBytes(SourceIgnore.Write(sources)), durable: false);
        Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> {DockerfilePath}");
    }
}
