using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>What the names in a Dockerfile are for the builder: a tag is the digest that was resolved, an image from a file is one that the engine has.</summary>
internal sealed class NamedContexts(PublishSession session, ContainerRequest request, ContainerEngine engine, IReporter reporter)
{
    private static readonly Tag Kept = Tag.Parse("build");

    /// <summary>The contexts, by name.</summary>
    public async Task<ImmutableArray<KeyValuePair<string, string>>> OfAsync(DockerfileBuild build, CancellationToken cancellation)
    {
        var contexts = new List<KeyValuePair<string, string>>(build.Folders);
        foreach (var (name, image) in build.Images)
        {
            var place = image is RegistryReference registry ? (registry with { Tag = null }).ToString() : await LoadAsync(image, cancellation).ConfigureAwait(false);
            contexts.Add(KeyValuePair.Create(name, $"docker-image://{place}"));
        }
        return [.. contexts];
    }

    // An engine builds from registries and from its own store; once there, the image is there for the next build too.
    private async Task<string> LoadAsync(ImageReference image, CancellationToken cancellation)
    {
        var builder = request.Compilation.Builder;
        if (builder.Length > 0 || engine.Name == "buildah")
            throw Diagnostics.EngineCannot.Error(builder.Length > 0 ? $"The builder {builder}" : engine.Name, "start from an image of a folder or an archive", image.ToString(), "an image of a registry, or ContainerBackend=BuiltIn");
        var resolved = await session.ResolveAsync(image, request.Platform, request.Access with { Engine = engine.Name }, reporter).WaitAsync(cancellation).ConfigureAwait(false);
        var repository = RepositoryName.Parse($"container-sdk-base/{resolved!.Manifest.Config.Digest.Hex[..16]}");
        await new EngineImageDestination(request.Access.EngineOptions, repository, [Kept]).DeliverAsync(resolved, reporter, cancellation).ConfigureAwait(false);
        return engine.NameOf(repository, Kept);
    }
}
