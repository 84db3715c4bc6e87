using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using Container.Sdk.Processes;

namespace Container.Sdk.Engines;

/// <summary>A configuration for docker with credentials that the user's own does not have, and everything that his own has.</summary>
internal static class DockerConfiguration
{
    /// <summary>The variables under which docker reads the configuration that this writes to the folder.</summary>
    /// <param name="variables">The variables so far, on top of those of this process.</param>
    /// <param name="logins">The credentials.</param>
    /// <param name="folder">Where the configuration lies until it is disposed of.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Write(EngineVariables variables, IReadOnlyList<RegistryLogin> logins, PrivateFolder folder)
    {
        var own = variables["DOCKER_CONFIG"] ?? Path.Combine(variables.Home, ".docker");
        var configuration = folder.AddFolder("docker");
        folder.Write(Path.Combine("docker", "config.json"), Merge(ReadOrEmpty(Path.Combine(own, "config.json")), logins, Path.Combine(own, "cli-plugins")).ToJsonString());
        if (Directory.Exists(Path.Combine(own, "contexts"))) Copy(Path.Combine(own, "contexts"), Path.Combine(configuration, "contexts"));
        return
        [
            new("DOCKER_CONFIG", configuration),
            new("DOCKER_CERT_PATH", variables["DOCKER_CERT_PATH"] ?? own),
            new("BUILDX_CONFIG", variables["BUILDX_CONFIG"] ?? Path.Combine(own, "buildx")),
        ];
    }

    /// <summary>The configuration with the logins on top; plug-ins are found in one folder more.</summary>
    public static JsonObject Merge(JsonObject own, IEnumerable<RegistryLogin> logins, string plugins)
    {
        var merged = AuthMerge.Merge([own], logins);
        var folders = merged["cliPluginsExtraDirs"] as JsonArray ?? [];
        folders.Add(JsonValue.Create(plugins));
        merged["cliPluginsExtraDirs"] = folders;
        return merged;
    }

    internal static JsonObject ReadOrEmpty(string path)
    {
        try
        {
            return File.Exists(path) ? Json.ParseObject(File.ReadAllBytes(path)) : [];
        }
        catch (JsonException)
        {
            throw Diagnostics.CredentialFileInvalid.Error(path, "it is no JSON object");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.CredentialFileInvalid.Error(e, path, e.Message.TrimEnd('.'));
        }
    }

    // A link would do, but not on Windows. The files are a few, of a few hundred bytes.
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}

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
