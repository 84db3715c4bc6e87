using System.Collections.Immutable;
using System.Text;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>From <c>plan.json</c> to a Dockerfile, the folder that it copies from, and <c>build.json</c>.</summary>
public sealed class WriteDockerfile : ImageTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string DockerfilePath { get; set; } = "";
    [Required] public string BuildFile { get; set; } = "";
    public bool Announce { get; set; }
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var session = OpenSession(ReadTarget());
        var plan = ImagePlanFile.Read(await File.ReadAllBytesAsync(PlanFile, cancellation).ConfigureAwait(false));
        var reference = ImageReference.Parse(plan.Base, ProjectFolder);
        var baseImage = await session.ResolveBaseAsync(reference, plan.Platform, Engine).WaitAsync(cancellation).ConfigureAwait(false);
        var configuration = baseImage?.Configuration ?? ImageConfiguration.Empty(plan.Platform);

        var entries = LayerEntries.Read(plan.Layers, cancellation);
        // A library image in a folder is for whoever sees the folder; its layer is staged, and recognised when it is built.
        bool[] shared = [.. LibraryLayers.Find(plan, entries, cancellation).Select((isLibrary, i) => isLibrary && plan.Layers[i].Library!.Image is RegistryReference)];
        var stages = new DockerfileStages();
        var source = stages.Of(reference, "base", baseImage?.Descriptor.Digest);
        ImmutableArray<StageSource?> libraries = [.. plan.Layers.Select((l, i) => shared[i] ? stages.Of(l.Library!.Image, stages.NameOf($"library-{ImageDockerfile.Slug(l.Name["library ".Length..].Split(' ')[0])}"), null) : null)];

        var changes = ConfigurationRules.Apply(plan, configuration, DockerfileStages.Pinned(source, baseImage), this);
        var folder = Path.GetDirectoryName(PlanFile)!;
        DockerfileOutput.Write(DockerfilePath, Path.Combine(folder, "Dockerfile"), ImageDockerfile.Write(plan, source, libraries, changes, configuration), this);
        var ignore = $"# Only the layers.\n*\n!{ImageDockerfile.LayersFolder}\n";
        AtomicFile.Write(Path.Combine(folder, ".dockerignore"), Encoding.UTF8.GetBytes(ignore), durable: false);
        // A builder prefers the one with the Dockerfile's name, and another strategy may have left that.
        DockerfileOutput.Write($"{DockerfilePath}.dockerignore", Path.Combine(folder, "Dockerfile.dockerignore"), ignore, this);
        LayerStaging.Write(
            Path.Combine(folder, ImageDockerfile.LayersFolder),
            plan.Layers.Select((l, i) => ($"{ImageDockerfile.FolderOf(plan, i)}.{LayerPacker.Key(entries[i]).Hex[..16]}", l.Files.AsEnumerable())).Where((_, i) => !shared[i]));
        var build = new DockerfileBuild
        {
            Dockerfile = DockerfilePath,
            Context = folder,
            Images = stages.Images,
            Registries = stages.Registries,
            Labels = DockerfileStages.Labels(source, baseImage, plan),
        };
        AtomicFile.Write(BuildFile, Encoding.UTF8.GetBytes(build.ToText()), durable: false);
        if (Announce) Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> {DockerfilePath}");
    }
}
