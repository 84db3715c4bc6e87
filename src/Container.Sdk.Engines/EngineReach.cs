using System.Collections.Immutable;

namespace Container.Sdk.Engines;

/// <summary>Leads an engine's program to the machine that is meant: by variables, which the programs that it starts see too.</summary>
internal static class EngineReach
{
    /// <summary>The variables for the program of an engine.</summary>
    public static IReadOnlyDictionary<string, string?> Environment(EngineOptions options, string engine)
    {
        if (options.Context is not { Length: > 0 } context) return options.Environment;
        var isHost = IsHost(context);
        var variables = options.Environment.ToImmutableDictionary();
        // Of a host and a context, the programs take the host.
        return engine == EngineSearch.Podman
            ? variables.SetItem("CONTAINER_HOST", isHost ? context : null).SetItem("CONTAINER_CONNECTION", isHost ? null : context)
            : variables.SetItem("DOCKER_HOST", isHost ? context : null).SetItem("DOCKER_CONTEXT", isHost ? null : context);
    }

    /// <summary>Whether the address leads away from this machine.</summary>
    public static bool IsElsewhere(string host) =>
        IsHost(host) && !host.StartsWith("unix://", StringComparison.OrdinalIgnoreCase) && !host.StartsWith("npipe://", StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string context) => context.Contains("://", StringComparison.Ordinal);
}
