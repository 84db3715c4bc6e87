using System.Collections.Immutable;
using System.Globalization;
using Container.Sdk.Engines;
using Container.Sdk.Images;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Sources;

namespace Container.Sdk.Publishing;

/// <summary>
/// <c>Dockerfile</c>: an engine builds, and the image is taken over from it, layer by layer, so that it is delivered like any other.
/// </summary>
internal sealed class DockerfileBackEnd(PublishSession session, IReporter reporter) : IBackEnd
{
    /// <inheritdoc/>
    public async Task<AssembledImage> BuildAsync(ContainerRequest request, ImagePlan plan, CancellationToken cancellation)
    {
        var build = await new DockerfileGenerator(session, request, reporter).WriteAsync(plan, cancellation).ConfigureAwait(false);
        var builder = await ImageBuilder.FindAsync(request.Access.EngineOptions, cancellation).ConfigureAwait(false);
        // What the destination says is wanted before anything is built, and so is the base.
        await session.PrepareAsync(request.Target, plan.Format, request.Access, reporter).WaitAsync(cancellation).ConfigureAwait(false);
        var baseImage = await session.ResolveAsync(plan.Base, plan.Platform, request.Access, reporter).WaitAsync(cancellation).ConfigureAwait(false);

        var engineBuild = await DescribeAsync(request, plan, build, builder.Engine, cancellation).ConfigureAwait(false);
        var built = await builder.BuildAsync(engineBuild, reporter, cancellation).ConfigureAwait(false);
        await using var _ = built.ConfigureAwait(false);
        using var source = await built.OpenAsync(cancellation).ConfigureAwait(false);
        var image = await source.ResolveAsync(plan.Platform, cancellation).ConfigureAwait(false);
        var transports = session.Transports(request.Access);
        var import = new ImageImport(request.OpenCache(reporter), session.Budget, (library, layer) => transports.Blob(library, layer));
        var assembled = await import.ImportAsync(image, plan, baseImage, session.Destination(request.Target, plan.Format, request.Access)?.RequiredFormat, cancellation).ConfigureAwait(false);
        // The engine that built it needs no copy of it; its name is given where nothing of the old image can be in its way.
        if (request.Target is EngineTarget && built.IsInEngine) await built.TagAsync(request.Target.Tags.Select(t => builder.Engine.NameOf(request.Target.Repository, t)), cancellation).ConfigureAwait(false);
        return assembled;
    }

    private async Task<EngineBuild> DescribeAsync(ContainerRequest request, ImagePlan plan, DockerfileBuild build, ContainerEngine engine, CancellationToken cancellation)
    {
        var logins = new EngineRegistryLogins(request);
        return new EngineBuild
        {
            Dockerfile = build.Dockerfile,
            Context = build.Context,
            IgnoreFile = build.IgnoreFile,
            Platform = plan.Platform,
            Network = request.Compilation.Network,
            NamedContexts = await new NamedContexts(session, request, engine, reporter).OfAsync(build, cancellation).ConfigureAwait(false),
            Labels = build.Labels,
            Secrets = plan.Content is PlannedCompilation { Sources: var sources } ? await SecretsAsync(request, sources, logins, cancellation).ConfigureAwait(false) : [],
            Builder = request.Compilation.Builder,
            CacheFrom = request.Compilation.CacheFrom,
            CacheTo = request.Compilation.CacheTo,
            Logins = await logins.OfEnvironmentAsync(build.Registries, cancellation).ConfigureAwait(false),
            SourceDateEpoch = DateTimeOffset.Parse(plan.Created, CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
        };
    }

    private async Task<ImmutableArray<BuildSecret>> SecretsAsync(ContainerRequest request, SourcePlan sources, EngineRegistryLogins logins, CancellationToken cancellation) =>
    [
        .. await NuGetSecrets.ReadAsync(sources, request.Project.File, request.Compilation.ExtensionsPath, reporter, cancellation).ConfigureAwait(false),
        .. await logins.AsSecretAsync(sources.Registries, cancellation).ConfigureAwait(false),
    ];
}

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
