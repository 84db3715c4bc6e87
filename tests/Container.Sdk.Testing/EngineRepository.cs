namespace Container.Sdk.Testing;

/// <summary>A repository in the engine's own store under a name that nobody else has; its image goes with it.</summary>
public sealed class EngineRepository : IDisposable
{
    /// <summary>Skips the test where no engine answers.</summary>
    public EngineRepository() => Testbed.Docker("version").Succeeded();

    /// <summary>The name, without a tag.</summary>
    public string Name { get; } = $"csdk-tests/{Guid.NewGuid():N}";

    /// <summary>The properties that send an image there, under the tag <c>latest</c>.</summary>
    public string[] Properties => ["-p:ContainerRegistry=", "-p:ContainerEngine=docker", $"-p:ContainerRepository={Name}", "-p:ContainerImageTag=latest"];

    /// <summary>Runs the image to its end.</summary>
    public CommandResult Run() => Testbed.Docker("run", "--rm", "--network", "host", $"{Name}:latest");

    /// <inheritdoc/>
    public void Dispose() => Command.Run("docker", ["rmi", "--force", $"{Name}:latest"]);
}
