using System.Globalization;
using Container.Sdk.Oci;
using Container.Sdk.Processes;

namespace Container.Sdk.Engines;

/// <summary>Builds with Podman or Buildah, which are one builder under two names.</summary>
internal static class BuildahBuild
{
    public static async Task<BuiltImage> RunAsync(ContainerEngine engine, EngineBuild build, IReporter reporter, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(build.Builder)) throw Diagnostics.EngineCannot.Error(engine.Name, "use builders of buildx", "ContainerBuildxBuilder", "docker as ContainerEngine");
        var folder = new PrivateFolder(engine.Options.TemporaryFolder);
        var name = $"localhost/container-sdk-build/{Guid.NewGuid():n}:build";
        try
        {
            var text = await File.ReadAllTextAsync(build.Dockerfile, cancellation).ConfigureAwait(false);
            var file = folder.Write("Dockerfile", DockerfileSteps.WithoutLink(text));
            var mask = build.Mask();
            var secrets = BuildSecrets.HandOver(build.Secrets, folder, filesOnly: true);
            var log = new BuildahLog(reporter, new DockerfileSteps(text));
            var command = engine.Command([.. BuildahArguments.Of(engine.Name, build, file, name, secrets.Arguments)]) with
            {
                Environment = engine.With(EngineLogins.Write(engine, build.Logins, folder)),
                TimeLimit = engine.Options.BuildLimit,
                Lines = line => log.Add(mask.Hide(line)),
                // It has containers of its own to remove. Podman does not remove them when it is asked to end.
                EndsItself = engine.Name == EngineSearch.Buildah,
            };
            var result = await engine.StartAsync("build the image", command, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0) throw BuildErrors.Of(engine.Name, build, log.Failure(result with { Error = mask.Hide(result.Error) }));
            return new BuiltImage(engine, name, folder, isInEngine: engine.Name == EngineSearch.Podman);
        }
        catch
        {
            await BuiltImage.RemoveAsync(engine, name).ConfigureAwait(false);
            folder.Dispose();
            throw;
        }
    }
}

/// <summary>The command line of Podman and Buildah for a build.</summary>
internal static class BuildahArguments
{
    /// <summary>The arguments for a Dockerfile that lies in <paramref name="file"/>.</summary>
    public static IReadOnlyList<string> Of(string engine, EngineBuild build, string file, string name, IReadOnlyList<string> secrets) =>
    [
        "build", "--file", file, "--tag", name, "--platform", build.Platform.ToString(),
        // A layer for each instruction, as Docker has them; and nothing of the builder in the image.
        "--layers", "--force-rm", "--identity-label=false",
        // It is the time of every file of a layer too, and those never change theirs.
        "--timestamp", TarHeader.Time.ToString(CultureInfo.InvariantCulture),
        .. Option("--ignorefile", build.IgnoreFile ?? Beside(build.Dockerfile)), .. Option("--target", build.Target),
        // They have no such name for what they do by default.
        .. Option("--network", build.Network == "default" ? null : build.Network),
        .. build.NamedContexts.SelectMany(c => Option("--build-context", $"{c.Key}={c.Value}")),
        .. build.Arguments.SelectMany(a => Option("--build-arg", $"{a.Key}={a.Value}")),
        .. Option("--build-arg", string.Create(CultureInfo.InvariantCulture, $"SOURCE_DATE_EPOCH={build.SourceDateEpoch}")),
        .. build.Labels.SelectMany(l => Option("--label", $"{l.Key}={l.Value}")),
        .. build.CacheFrom.SelectMany(c => Option("--cache-from", CacheRepository(engine, c))),
        .. build.CacheTo.SelectMany(c => Option("--cache-to", CacheRepository(engine, c))),
        .. secrets, "--", build.Context,
    ];

    // "type=registry,ref=registry.example.com/cache:tag", or the reference alone; they want a repository, and tag as they like.
    private static string CacheRepository(string engine, string cache)
    {
        var fields = cache.Split(',');
        var reference = fields is [var alone] && !alone.Contains('=', StringComparison.Ordinal) ? alone
            : fields.Contains("type=registry") ? fields.FirstOrDefault(f => f.StartsWith("ref=", StringComparison.Ordinal))?[4..] : null;
        if (reference is null) throw Diagnostics.BuildCacheFailed.Error($"{engine} keeps build caches in registries only (type=registry,ref=REPOSITORY), and '{cache}' is none");
        reference = reference.Split('@')[0];
        return reference.LastIndexOf(':') is var colon && colon > reference.LastIndexOf('/') ? reference[..colon] : reference;
    }

    private static string? Beside(string dockerfile) => File.Exists(dockerfile + ".dockerignore") ? dockerfile + ".dockerignore" : null;

    private static string[] Option(string name, string? value) => string.IsNullOrEmpty(value) ? [] : [name, value];
}
