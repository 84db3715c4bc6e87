using Container.Sdk.Processes;
namespace Container.Sdk.Engines;

/// <summary>Hands an engine credentials that the user's own configuration does not have.</summary>
internal static class EngineLogins
{
    /// <summary>The variables that lead the engine to them.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="logins">The credentials; without any, nothing is done.</param>
    /// <param name="folder">Where they lie until it is disposed of.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Write(ContainerEngine engine, IReadOnlyList<RegistryLogin> logins, PrivateFolder folder)
    {
        var variables = new EngineVariables(engine.Environment);
        if (logins.Count == 0) return [];
        return engine.Name == EngineSearch.Docker
            ? DockerConfiguration.Write(variables, logins, folder)
            : [new("REGISTRY_AUTH_FILE", folder.Write("auth.json", AuthMerge.Merge(Files(variables), logins).ToJsonString()))];
    }

    // Where podman and buildah look, the first that says something of a registry wins.
    private static List<System.Text.Json.Nodes.JsonObject> Files(EngineVariables variables)
    {
        var configuration = variables["XDG_CONFIG_HOME"] ?? Path.Combine(variables.Home, ".config");
        string?[] paths =
        [
            variables["REGISTRY_AUTH_FILE"],
            variables["XDG_RUNTIME_DIR"] is { } runtime ? Path.Combine(runtime, "containers", "auth.json") : null,
            Path.Combine(configuration, "containers", "auth.json"),
            Path.Combine(variables["DOCKER_CONFIG"] ?? Path.Combine(variables.Home, ".docker"), "config.json"),
        ];
        return [.. paths.OfType<string>().Where(File.Exists).Select(DockerConfiguration.ReadOrEmpty)];
    }
}
