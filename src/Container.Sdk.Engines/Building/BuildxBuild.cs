using System.Globalization;
using Container.Sdk.Processes;

namespace Container.Sdk.Engines;

/// <summary>Builds with docker: by buildx, never by the classic builder.</summary>
internal static class BuildxBuild
{
    public static async Task<BuiltImage> RunAsync(ContainerEngine engine, EngineBuild build, IReporter reporter, CancellationToken cancellation)
    {
        var folder = new PrivateFolder(engine.Options.TemporaryFolder);
        var owner = engine;
        string? name = null;
        try
        {
            var mask = build.Mask();
            var secrets = BuildSecrets.HandOver(build.Secrets, folder, filesOnly: false);
            KeyValuePair<string, string?>[] further = [.. secrets.Variables, .. EngineLogins.Write(engine, build.Logins, folder)];
            var variables = Variables(engine, further);
            var builder = await InspectAsync(engine, build, variables, cancellation).ConfigureAwait(false);
            string[] output = ["--output", OptionList.Of("type=oci", $"dest={folder[BuiltImage.ArchiveName]}")];
            if (builder.KeepsImages)
            {
                name = $"container-sdk-build/{Guid.NewGuid():n}:build";
                output = ["--tag", name];
                owner = await OwnerAsync(engine, build, builder, cancellation).ConfigureAwait(false);
                variables = Variables(owner, further);
            }
            var log = new BuildKitLog(reporter);
            var command = engine.Command([.. BuildxArguments.Of(build, output, secrets.Arguments)]) with
            {
                Environment = variables,
                TimeLimit = engine.Options.BuildLimit,
                Lines = line => log.Add(mask.Hide(line)),
            };
            var result = await engine.StartAsync("build the image", command, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0) throw BuildErrors.Of(engine.Name, build, log.Failure(result with { Error = mask.Hide(result.Error) }));
            return new BuiltImage(owner, name, folder, isInEngine: name is not null && ReferenceEquals(owner, engine));
        }
        catch
        {
            if (name is not null) await BuiltImage.RemoveAsync(owner, name).ConfigureAwait(false);
            folder.Dispose();
            throw;
        }
    }

    private static IReadOnlyDictionary<string, string?> Variables(ContainerEngine engine, IEnumerable<KeyValuePair<string, string?>> further) => engine.With(
    [
        // Statements about the build would make an index of one image; versions that know none of them ignore it.
        new("BUILDX_NO_DEFAULT_ATTESTATIONS", "1"),
        new("DOCKER_CLI_HINTS", "false"),
        .. further,
    ]);

    private static async Task<BuildxBuilder> InspectAsync(ContainerEngine engine, EngineBuild build, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellation)
    {
        string[] arguments = ["buildx", "inspect", .. build.Builder is { Length: > 0 } named ? (string[])[named] : []];
        var result = await engine.StartAsync(
            "describe its builder", engine.Command(arguments) with { Environment = variables, TimeLimit = engine.Options.AnswerLimit * 6 }, cancellation).ConfigureAwait(false);
        if (result.ExitCode == 0) return BuildxBuilder.Parse(result.Output);
        var reason = result.Reason.Split('\n')[0].Replace("ERROR: ", "", StringComparison.Ordinal);
        throw build.Builder is { Length: > 0 }
            ? Diagnostics.BuilderNotFound.Error(build.Builder, reason)
            : Diagnostics.BuildFailed.Error(engine.Name, build.Dockerfile, reason);
    }

    // A builder can be the engine of another context, which buildx shows and wants to be led to as such.
    private static async Task<ContainerEngine> OwnerAsync(ContainerEngine engine, EngineBuild build, BuildxBuilder builder, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(build.Builder)) return engine;
        var current = await engine.SucceedAsync("name its context", engine.Command("context", "show"), cancellation).ConfigureAwait(false);
        return current.Output == builder.Endpoint ? engine : engine.In(builder.Endpoint);
    }
}

/// <summary>The command line of buildx for a build.</summary>
internal static class BuildxArguments
{
    /// <summary>The arguments; <paramref name="output"/> says where the image goes.</summary>
    public static IReadOnlyList<string> Of(EngineBuild build, IReadOnlyList<string> output, IReadOnlyList<string> secrets) =>
    [
        "buildx", "build", "--progress=plain", "--file", build.Dockerfile, "--platform", build.Platform.ToString(),
        .. Option("--builder", build.Builder), .. Option("--target", build.Target), .. Option("--network", build.Network),
        .. build.NamedContexts.SelectMany(c => Option("--build-context", $"{c.Key}={c.Value}")),
        .. build.Arguments.SelectMany(a => Option("--build-arg", $"{a.Key}={a.Value}")),
        .. Option("--build-arg", string.Create(CultureInfo.InvariantCulture, $"SOURCE_DATE_EPOCH={build.SourceDateEpoch}")),
        .. build.Labels.SelectMany(l => Option("--label", $"{l.Key}={l.Value}")),
        .. build.CacheFrom.SelectMany(c => Option("--cache-from", c)),
        .. build.CacheTo.SelectMany(c => Option("--cache-to", c)),
        .. secrets, .. output, "--", build.Context,
    ];

    private static string[] Option(string name, string? value) => string.IsNullOrEmpty(value) ? [] : [name, value];
}

/// <summary>What <c>docker buildx inspect</c> says of a builder.</summary>
/// <param name="Driver"><c>docker</c>: an engine builds, into its own images; else a BuildKit of its own, which keeps none.</param>
/// <param name="Endpoint">The engine's context, where the driver is <c>docker</c>.</param>
internal sealed record BuildxBuilder(string Driver, string Endpoint)
{
    /// <summary>Whether the image is an engine's when it is built.</summary>
    public bool KeepsImages => Driver == "docker";

    /// <summary>Reads the answer.</summary>
    public static BuildxBuilder Parse(string text)
    {
        return new BuildxBuilder(Value("Driver:"), Value("Endpoint:"));

        string Value(string name) => text.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "";
    }
}
