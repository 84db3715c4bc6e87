using System.Globalization;

namespace Container.Sdk.Engines;

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
