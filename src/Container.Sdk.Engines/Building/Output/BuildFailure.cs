using System.Collections.Immutable;

namespace Container.Sdk.Engines;

/// <summary>What an engine says of a build that failed.</summary>
/// <param name="Reason">Its last word.</param>
internal sealed record BuildFailure(string Reason)
{
    /// <summary>The line of the Dockerfile, where it is known.</summary>
    public int? Line { get; init; }

    /// <summary>The instruction that failed, where it was one.</summary>
    public string? Step { get; init; }

    /// <summary>Whether it was not a step that failed, but writing the cache.</summary>
    public bool IsCache { get; init; }

    /// <summary>What that step itself said.</summary>
    public ImmutableArray<string> Output { get; init; } = [];
}
