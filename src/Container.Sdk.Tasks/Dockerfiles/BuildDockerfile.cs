using System.Collections.Immutable;
using System.Globalization;
using Container.Sdk.Images;
using Container.Sdk.Engines;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using Container.Sdk.Registry;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>
/// The Dockerfile back end: an engine builds what <c>build.json</c> says, and the image is taken over from it, layer by layer, so that
/// it is delivered like any other.
/// </summary>
public sealed class BuildDockerfile : ImageTask
{
#pragma warning disable CS1591 // The names are those of the properties.
    [Required] public string BuildFile { get; set; } = "";
    public string Builder { get; set; } = "";
    public string CacheFrom { get; set; } = "";
    public string CacheTo { get; set; } = "";
    public string Network { get; set; } = "";
    public string SourcesFile { get; set; } = "";
    public string ProjectFile { get; set; } = "";
    public string ExtensionsPath { get; set; } = "";
#pragma warning restore CS1591

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var target = ReadTarget();
        var session = OpenSession(target);
        var plan = ImagePlanFile.Read(await File.ReadAllBytesAsync(PlanFile, cancellation).ConfigureAwait(false));
        var build = DockerfileBuild.Read(await File.ReadAllBytesAsync(BuildFile, cancellation).ConfigureAwait(false));
        var builder = await ImageBuilder.FindAsync(EngineOptions, cancellation).ConfigureAwait(false);
        // What the destination says is wanted before anything is built, and so is the base.
        await session.PrepareAsync(target, plan.Format).WaitAsync(cancellation).ConfigureAwait(false);
        var baseImage = await session.ResolveBaseAsync(ImageReference.Parse(plan.Base, ProjectFolder), plan.Platform, Engine).WaitAsync(cancellation).ConfigureAwait(false);

        var contexts = new BuildContexts(session, builder.Engine, EngineOptions, Builder, plan.Platform, this);
        var request = new EngineBuild
        {
            Dockerfile = build.Dockerfile,
            Context = build.Context,
            IgnoreFile = DockerfileOutput.IgnoreFileOf(build),
            Platform = plan.Platform,
            Network = Network,
            NamedContexts = await contexts.OfAsync(build, ProjectFolder, cancellation).ConfigureAwait(false),
            Labels = build.Labels,
            Secrets = [.. NuGetSecrets.Read(SourcesFile, ProjectFile, ExtensionsPath, this), .. await LibraryPlaces.SecretsAsync(SourcesFile, (target as RegistryTarget)?.Host, cancellation).ConfigureAwait(false)],
            Builder = Builder,
            CacheFrom = Several(CacheFrom),
            CacheTo = Several(CacheTo),
            Logins = await LoginsAsync(build, target, cancellation).ConfigureAwait(false),
            SourceDateEpoch = DateTimeOffset.Parse(plan.Created, CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
        };
        var built = await builder.BuildAsync(request, this, cancellation).ConfigureAwait(false);
        await using var _ = built.ConfigureAwait(false);
        using var source = await built.OpenAsync(cancellation).ConfigureAwait(false);
        var image = await source.ResolveAsync(plan.Platform, cancellation).ConfigureAwait(false);
        var import = new ImageImport(OpenCache(this), session.Budget, session.LibraryBlob);
        new ImageFolder(ImageFolder).Write(await import.ImportAsync(image, plan, baseImage, session.Destination(target, plan.Format)?.RequiredFormat, cancellation).ConfigureAwait(false));
        // The engine that built it needs no copy of it; its name is given where nothing of the old image can be in its way.
        if (target is EngineTarget && built.IsInEngine) await built.TagAsync(target.Tags.Select(t => builder.Engine.NameOf(target.Repository, t)), cancellation).ConfigureAwait(false);
    }

    // What the engine's own configuration has, it finds by itself.
    private static async Task<ImmutableArray<RegistryLogin>> LoginsAsync(DockerfileBuild build, ImageTarget target, CancellationToken cancellation)
    {
        var credentials = new EnvironmentCredentials(Environment.GetEnvironmentVariable, (target as RegistryTarget)?.Host);
        var logins = new List<RegistryLogin>();
        foreach (var host in build.Registries.Select(RegistryHost.Parse).Distinct())
        {
            var found = await credentials.FindAsync(host, target.Repository, RegistryAccess.Pull, cancellation).ConfigureAwait(false);
            if (found is not null) logins.Add(found.Give((user, secret) => new RegistryLogin(host.Value, user, secret)));
        }
        return [.. logins];
    }

    private static ImmutableArray<string> Several(string list) => [.. list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
