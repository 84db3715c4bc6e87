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
