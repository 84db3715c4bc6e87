using System.Collections.Immutable;
using System.Text;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>From a plan to a Dockerfile, the ignore file beside it, the folder that it copies from, and <c>build.json</c>.</summary>
internal sealed class DockerfileGenerator(PublishSession session, ContainerRequest request, IReporter reporter)
{
    private readonly DockerfileStages _stages = new();

    /// <summary>Writes them.</summary>
    /// <returns>What a builder has to be told.</returns>
    public async Task<DockerfileBuild> WriteAsync(ImagePlan plan, CancellationToken cancellation)
    {
        var baseImage = await session.ResolveAsync(plan.Base, plan.Platform, request.Access, reporter).WaitAsync(cancellation).ConfigureAwait(false);
        var configuration = baseImage?.Configuration ?? ImageConfiguration.Empty(plan.Platform);
        var source = _stages.Of(plan.Base, "base", baseImage?.Descriptor.Digest);
        var changes = ConfigurationRules.Apply(plan, configuration, DockerfileStages.Pinned(plan, baseImage), reporter);
        var build = plan.Content switch
        {
            PlannedCompilation compilation => WriteSources(compilation.Sources, plan, source, changes, configuration),
            _ => WriteFiles(plan, source, changes, configuration, cancellation),
        };
        build = build with { Images = _stages.Images, Registries = _stages.Registries, Labels = DockerfileStages.Labels(plan, baseImage) };
        build.Save(request.Output.Build);
        return build;
    }

    private DockerfileBuild WriteFiles(ImagePlan plan, StageSource source, ConfigurationChanges changes, ImageConfiguration configuration, CancellationToken cancellation)
    {
        var entries = LayerEntries.Read(plan.Layers, cancellation);
        // A library image in a folder is for whoever sees the folder; its layer is staged, and recognised when it is built.
        bool[] shared = [.. LibraryLayers.Find(plan, entries, cancellation).Select((isLibrary, i) => isLibrary && plan.Layers[i].Library!.Image.EngineName is not null)];
        ImmutableArray<StageSource?> libraries =
        [
            .. plan.Layers.Select((l, i) => shared[i] ? _stages.Of(l.Library!.Image, _stages.NameOf($"library-{Slug.Of(l.Components[0].Id, keepDots: true)}"), null) : null),
        ];
        var folder = request.Output.Folder;
        var ignore = $"# Only the layers.\n*\n!{ImageDockerfile.LayersFolder}\n";
        Write(ImageDockerfile.Write(plan, source, libraries, changes, configuration), ignore);
        // A builder prefers the one with the Dockerfile's name; this one is for whoever has made the Dockerfile his own elsewhere.
        AtomicFile.Write(Path.Combine(folder, ".dockerignore"), Encoding.UTF8.GetBytes(ignore), durable: false);
        LayerStaging.Write(
            Path.Combine(folder, ImageDockerfile.LayersFolder),
            plan.Layers.Select((l, i) => ($"{ImageDockerfile.FolderOf(plan, i)}.{LayerPacker.Key(entries[i]).Hex[..16]}", l.Files.AsEnumerable())).Where((_, i) => !shared[i]));
        return new DockerfileBuild { Dockerfile = request.Output.Dockerfile, Context = folder };
    }

    private DockerfileBuild WriteSources(SourcePlan sources, ImagePlan plan, StageSource source, ConfigurationChanges changes, ImageConfiguration configuration)
    {
        var toolchain = _stages.Of(ImageReference.Parse(sources.BuildImage, request.Project.Folder), "sdk", null);
        var head = SourceCommand.Head(sources, request.Strategy.Name, request.Output.Dockerfile);
        Write(SourceDockerfile.Write(sources, plan, toolchain, source, changes, configuration, head), SourceIgnore.Write(sources));
        return new DockerfileBuild
        {
            Dockerfile = request.Output.Dockerfile,
            Context = sources.Root,
            Folders = [.. sources.Feeds.Select(f => KeyValuePair.Create(f.Name, f.Folder))],
        };
    }

    private void Write(string dockerfile, string ignore)
    {
        var (path, spare) = (request.Output.Dockerfile, request.Output.SpareDockerfile);
        OwnedFile.Write(path, spare, dockerfile, reporter);
        OwnedFile.Write($"{path}.dockerignore", $"{spare}.dockerignore", ignore, reporter);
    }
}

/// <summary>Writes generated texts: over those that nobody changed, and beside those that somebody did.</summary>
internal static class OwnedFile
{
    /// <summary>Writes a text.</summary>
    /// <param name="path">Where it goes; a person may have made it his own.</param>
    /// <param name="spare">Where it goes then, so that the two can be compared.</param>
    /// <param name="text">The text.</param>
    /// <param name="reporter">Told where a person's file no longer fits the project.</param>
    public static void Write(string path, string spare, string text, IReporter reporter)
    {
        var signed = OwnedText.Sign(text);
        var bytes = Encoding.UTF8.GetBytes(signed);
        if (path != spare) AtomicFile.Write(spare, bytes, durable: false);
        var present = File.Exists(path) ? File.ReadAllText(path) : null;
        if (present == signed) return;
        if (present is null || OwnedText.IsUnchanged(present) || path == spare) AtomicFile.Write(path, bytes, durable: false);
        else if (!OwnedText.IsOf(present, signed)) reporter.Warn(Diagnostics.DockerfileOutOfDate, path, OwnedText.Differences(present, signed), spare);
    }
}
