using System.Collections.Immutable;

namespace Container.Sdk.Engines;

/// <summary>Which engine is meant, and how it is run.</summary>
public sealed record EngineOptions
{
    /// <summary><c>docker</c>, <c>podman</c> or <c>buildah</c> in any case, as <c>ContainerEngine</c> or <c>LocalRegistry</c> has it; empty: the first that answers.</summary>
    public string? Preferred { get; init; }

    /// <summary>Which of the engine's contexts (docker) or connections (podman), or which host: <c>tcp://</c>, <c>ssh://</c>, <c>unix://</c>; empty: the user's own.</summary>
    public string? Context { get; init; }

    /// <summary>Variables on top of those of this process, for the engine and for finding it (<c>PATH</c>); <c>null</c> takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = NoEnvironment;

    /// <summary>How long an engine has to say that it is there.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a transfer to or from the engine may take.</summary>
    public TimeSpan TransferLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a build or a container may take; who waits for it can stop it earlier.</summary>
    public TimeSpan BuildLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Where large files lie for a while; the system's folder by default.</summary>
    public string? TemporaryFolder { get; init; }

    internal static IReadOnlyDictionary<string, string?> NoEnvironment { get; } = ImmutableDictionary<string, string?>.Empty;
}
