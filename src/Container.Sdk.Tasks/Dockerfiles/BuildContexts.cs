using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>What the names in a Dockerfile are for the builder: a tag is the digest that was resolved, an image from a file is one that the engine has.</summary>
internal sealed class BuildContexts(BuildSession session, ContainerEngine engine, EngineOptions options, string builder, Platform platform, IReporter reporter)
{
    private static readonly Tag Kept = Tag.Parse("build");

    public async Task<ImmutableArray<KeyValuePair<string, string>>> OfAsync(DockerfileBuild build, string folder, CancellationToken cancellation)
    {
        var contexts = new List<KeyValuePair<string, string>>(build.Folders);
        foreach (var (name, text) in build.Images)
        {
            var image = ImageReference.Parse(text, folder);
            var place = image is RegistryReference registry ? (registry with { Tag = null }).ToString() : await LoadAsync(image, cancellation).ConfigureAwait(false);
            contexts.Add(KeyValuePair.Create(name, $"docker-image://{place}"));
        }
        return [.. contexts];
    }

    // An engine builds from registries and from its own store; once there, the image is there for the next build too.
    private async Task<string> LoadAsync(ImageReference image, CancellationToken cancellation)
    {
        if (builder.Length > 0 || engine.Name == "buildah")
            throw Diagnostics.EngineCannot.Error(builder.Length > 0 ? $"The builder {builder}" : engine.Name, "start from an image of a folder or an archive", image.ToString(), "an image of a registry, or ContainerBackend=BuiltIn");
        var resolved = await session.ResolveBaseAsync(image, platform, engine.Name).WaitAsync(cancellation).ConfigureAwait(false);
        var repository = RepositoryName.Parse($"container-sdk-base/{resolved!.Manifest.Config.Digest.Hex[..16]}");
        await new EngineImageDestination(options, repository, [Kept], reporter).DeliverAsync(resolved, cancellation).ConfigureAwait(false);
        return engine.NameOf(repository, Kept);
    }
}
