using Container.Sdk.Processes;
using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>What an engine is to build. Nothing here knows strategies or plans.</summary>
public sealed record EngineBuild
{
    /// <summary>The Dockerfile, an absolute path.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>The folder that its <c>COPY</c> sees, an absolute path.</summary>
    public required string Context { get; init; }

    /// <summary>What of the context is left out. BuildKit finds <c>NAME.dockerignore</c> beside the Dockerfile <c>NAME</c> by itself; Podman and Buildah are told.</summary>
    public string? IgnoreFile { get; init; }

    /// <summary>The platform of the image.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The stage that becomes the image; the last one by default.</summary>
    public string? Target { get; init; }

    /// <summary>The network of the steps: <c>default</c>, <c>none</c>, <c>host</c>; the engine's own by default.</summary>
    public string? Network { get; init; }

    /// <summary>Further contexts by name: folders, or <c>docker-image://</c> and a reference.</summary>
    public ImmutableArray<KeyValuePair<string, string>> NamedContexts { get; init; } = [];

    /// <summary>Values for <c>ARG</c>; everybody on the machine can read them while it builds.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Arguments { get; init; } = [];

    /// <summary>Labels on top of those in the Dockerfile.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Values for <c>RUN --mount=type=secret</c>.</summary>
    public ImmutableArray<BuildSecret> Secrets { get; init; } = [];

    /// <summary>The buildx builder; the current one by default. Only Docker has builders.</summary>
    public string? Builder { get; init; }

    /// <summary>Where build caches are read, as buildx writes it: <c>type=registry,ref=…</c>, or a reference alone.</summary>
    public ImmutableArray<string> CacheFrom { get; init; } = [];

    /// <summary>Where the build cache is written, as buildx writes it.</summary>
    public ImmutableArray<string> CacheTo { get; init; } = [];

    /// <summary>Credentials on top of those that the user's own configuration has.</summary>
    public ImmutableArray<RegistryLogin> Logins { get; init; } = [];

    /// <summary>When the image was created, in seconds of Unix time, so that equal builds give equal configurations.</summary>
    public long SourceDateEpoch { get; init; } = TarHeader.Time;

    /// <summary>Hides all that is secret in the build.</summary>
    internal SecretMask Mask() => new([.. Secrets.SelectMany(s => s.Hidden), .. Logins.Select(l => l.Secret)]);
}
