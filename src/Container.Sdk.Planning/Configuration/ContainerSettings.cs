using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>What a project asks for, by the in-box names. It becomes a configuration only with the base's (<see cref="ConfigurationRules"/>).</summary>
public sealed record ContainerSettings
{
#pragma warning disable CS1591 // The names are those of the properties and items.
    public ImmutableArray<string> Entrypoint { get; init; } = [];
    public ImmutableArray<string> EntrypointArgs { get; init; } = [];
    public ImmutableArray<string> AppCommand { get; init; } = [];
    public ImmutableArray<string> AppCommandArgs { get; init; } = [];
    public ImmutableArray<string> DefaultArgs { get; init; } = [];
    public AppCommandInstruction? AppCommandInstruction { get; init; }
    public ImmutableArray<KeyValuePair<string, string>> Environment { get; init; } = [];
    public ImmutableArray<KeyValuePair<string, string>> Labels { get; init; } = [];
    public ImmutableArray<string> Ports { get; init; } = [];
    public ImmutableArray<string> Volumes { get; init; } = [];
    public string? User { get; init; }
    public string WorkingDirectory { get; init; } = "/app";
#pragma warning restore CS1591

    /// <summary>Whether the label <c>org.opencontainers.image.base.digest</c> is written.</summary>
    public bool LabelBaseDigest { get; init; } = true;
}

/// <summary>Which part of the image's configuration the app's command becomes: <c>ContainerAppCommandInstruction</c>.</summary>
public enum AppCommandInstruction
{
    /// <summary>The command is the entrypoint.</summary>
    Entrypoint,

    /// <summary>The command is the default arguments of another entrypoint.</summary>
    DefaultArgs,

    /// <summary>There is no command; only <c>ContainerEntrypoint</c> counts.</summary>
    None,
}
