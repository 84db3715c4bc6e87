using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

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
