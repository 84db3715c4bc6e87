using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>What a tool container publishes, and where.</summary>
public sealed record ToolContainerRequest
{
    /// <summary>What is compiled. Its name stands for the project in messages.</summary>
    public required SourcePlan Plan { get; init; }

    /// <summary>What NuGet in the container gets besides the sources (<see cref="NuGetSecrets"/>).</summary>
    public ImmutableArray<BuildSecret> Secrets { get; init; } = [];

    /// <summary>The user's cache folder, where packages and what the compiler made stay until the next time; absolute.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The folder that gets what is published, with its plan; absolute.</summary>
    public required string StageFolder { get; init; }

    /// <summary>Which engine runs the container.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>The network: <c>none</c>, <c>host</c>, or one of the engine's; <c>null</c>: the engine's own choice.</summary>
    public string? Network { get; init; }
}
