namespace Container.Sdk.Engines;

/// <summary>Builds images from Dockerfiles, with Docker (BuildKit), Podman or Buildah.</summary>
public sealed class ImageBuilder
{
    private ImageBuilder(ContainerEngine engine) => Engine = engine;

    /// <summary>The engine that builds.</summary>
    public ContainerEngine Engine { get; }

    /// <summary>Finds the engine that is meant, or else the first that answers: Docker, Podman, Buildah.</summary>
    /// <exception cref="ContainerException">
    /// <see cref="Diagnostics.NoEngine"/>, <see cref="Diagnostics.EngineTooOld"/>, <see cref="Diagnostics.BuildxMissing"/>, or
    /// <see cref="Diagnostics.UnknownValue"/> for another name.
    /// </exception>
    public static async Task<ImageBuilder> FindAsync(EngineOptions options, CancellationToken cancellation)
    {
        var engine = await new EngineSearch(options).FindAsync(cancellation, toBuild: true).ConfigureAwait(false);
        BuildVersions.Check(engine);
        if (engine.Name == EngineSearch.Docker)
        {
            var buildx = await engine.StartAsync("show its plug-in", engine.Command("buildx", "version") with { TimeLimit = options.AnswerLimit }, cancellation).ConfigureAwait(false);
            if (buildx.ExitCode != 0) throw Diagnostics.BuildxMissing.Error(buildx.Reason.Split('\n')[0]);
        }
        return new ImageBuilder(engine);
    }

    /// <summary>Builds an image. When it is stopped or fails, nothing of it is left.</summary>
    /// <param name="build">What to build.</param>
    /// <param name="reporter">Told each step, and as details whatever the engine says; never a secret.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ContainerException">The build failed; the code says how, and the message at which line and step.</exception>
    public Task<BuiltImage> BuildAsync(EngineBuild build, IReporter reporter, CancellationToken cancellation) =>
        Engine.Name == EngineSearch.Docker
            ? BuildxBuild.RunAsync(Engine, build, reporter, cancellation)
            : BuildahBuild.RunAsync(Engine, build, reporter, cancellation);
}

/// <summary>The oldest engines that can build what is asked of them.</summary>
internal static class BuildVersions
{
    // Docker 23 made BuildKit the default. Buildah 1.26, which is in Podman 4.1, brought further contexts.
    private static Version Oldest(string engine) => engine switch
    {
        EngineSearch.Docker => new Version(23, 0),
        EngineSearch.Podman => new Version(4, 1),
        _ => new Version(1, 26),
    };

    /// <summary>Refuses an engine that is too old. One whose version cannot be read may try.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.EngineTooOld"/></exception>
    public static void Check(ContainerEngine engine)
    {
        var oldest = Oldest(engine.Name);
        if (Read(engine.Version) is { } version && version < oldest) throw Diagnostics.EngineTooOld.Error(engine.Name, engine.Version, oldest);
    }

    // "26.1.5+dfsg1", "4.3.1", "5.0.0-dev", "20.10.24"
    private static Version? Read(string text)
    {
        var end = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        return System.Version.TryParse(text[..end].TrimEnd('.'), out var version) ? version : null;
    }
}
