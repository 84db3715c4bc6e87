namespace Container.Sdk.Testing;

/// <summary>
/// The real parts that <c>eng/testbed up</c> starts. A test that needs one is skipped, with the reason, where it is not there.
/// </summary>
public static class Testbed
{
    private const string Hint = "start it with eng/testbed up, or run eng/test";

    private static readonly Lazy<bool> EngineAnswers = new(() => Command.Run("docker", ["version"]).ExitCode == 0);

    /// <summary>Host and port of a real registry.</summary>
    public static string Registry => Variable("CSDK_TEST_REGISTRY", "a registry");

    /// <summary>Address of an engine that seems to be on another machine.</summary>
    public static string SecondEngine => Variable("CSDK_TEST_SECOND_ENGINE", "a second engine");

    /// <summary>A registry in a folder that has <c>dotnet/runtime:10.0</c>, <c>dotnet/aspnet:10.0</c> and <c>dotnet/runtime-deps:10.0</c>.</summary>
    public static string Bases => Variable("CSDK_TEST_BASES", "base images");

    /// <summary>A base from the folder, in the notation of ContainerBaseImage.</summary>
    public static string Base(string name) => $"oci:{Bases}:dotnet/{name}:10.0";

    /// <summary>Runs one of the foreign tools: skopeo, umoci, oras, buildah.</summary>
    public static CommandResult Tool(string name, params string[] arguments) => Command.Run(ToolPath(name), arguments);

    /// <summary>Path of one of the foreign tools.</summary>
    public static string ToolPath(string name)
    {
        var path = Path.Combine(Variable("CSDK_TEST_TOOLS", name), name);
        if (!File.Exists(path)) Assert.Inconclusive($"{name} is not in the testbed: {Hint}.");
        return path;
    }

    /// <summary>Runs docker against the testbed's engine.</summary>
    public static CommandResult Docker(params string[] arguments)
    {
        if (!EngineAnswers.Value) Assert.Inconclusive($"No container engine answers: {Hint}.");
        return Command.Run("docker", arguments);
    }

    private static string Variable(string name, string what)
    {
        var value = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(value)) Assert.Inconclusive($"There is no {what} ({name} is not set): {Hint}.");
        return value!;
    }
}
