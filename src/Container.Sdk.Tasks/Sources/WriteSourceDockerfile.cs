using System.Text;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From <c>sources.json</c> and <c>plan.json</c> to a Dockerfile, the ignore file beside it, and <c>build.json</c>.</summary>
public sealed class WriteSourceDockerfile : ImageTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string SourcesFile { get; set; } = "";
    [Required] public string DockerfilePath { get; set; } = "";
    [Required] public string BuildFile { get; set; } = "";
    public string Strategy { get; set; } = "";
    public bool Announce { get; set; }
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var session = OpenSession(ReadTarget());
        var sources = SourcePlanFile.Read(await File.ReadAllBytesAsync(SourcesFile, cancellation).ConfigureAwait(false));
        var plan = ImagePlanFile.Read(await File.ReadAllBytesAsync(PlanFile, cancellation).ConfigureAwait(false));
        var reference = ImageReference.Parse(plan.Base, ProjectFolder);
        var baseImage = await session.ResolveBaseAsync(reference, plan.Platform, Engine).WaitAsync(cancellation).ConfigureAwait(false);
        var configuration = baseImage?.Configuration ?? ImageConfiguration.Empty(plan.Platform);

        var stages = new DockerfileStages();
        var final = stages.Of(reference, "base", baseImage?.Descriptor.Digest);
        var toolchain = stages.Of(ImageReference.Parse(sources.BuildImage, ProjectFolder), "sdk", null);
        var changes = ConfigurationRules.Apply(plan, configuration, DockerfileStages.Pinned(final, baseImage), this);

        var folder = Path.GetDirectoryName(PlanFile)!;
        var spare = Path.Combine(folder, "Dockerfile");
        DockerfileOutput.Write(DockerfilePath, spare, SourceDockerfile.Write(sources, plan, toolchain, final, changes, configuration, SourceCommand.Head(sources, Strategy, DockerfilePath)), this);
        DockerfileOutput.Write($"{DockerfilePath}.dockerignore", $"{spare}.dockerignore", SourceIgnore.Write(sources), this);
        var build = new DockerfileBuild
        {
            Dockerfile = DockerfilePath,
            Context = sources.Root,
            Images = stages.Images,
            Registries = stages.Registries,
            Folders = [.. sources.Feeds.Select(f => KeyValuePair.Create(f.Name, f.Folder))],
            Labels = DockerfileStages.Labels(final, baseImage, plan),
        };
        AtomicFile.Write(BuildFile, Encoding.UTF8.GetBytes(build.ToText()), durable: false);
        if (Announce) Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> {DockerfilePath}");
    }
}
