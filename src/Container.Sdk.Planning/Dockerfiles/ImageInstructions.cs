using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>The configuration of an image as instructions: only what is other than the base's, in the order of a reader.</summary>
public static class ImageInstructions
{
    /// <summary>Writes them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="changes">What the image is to have, whole (<see cref="ConfigurationRules.Apply"/>).</param>
    /// <param name="baseImage">What it has already.</param>
    /// <param name="currentUser">The user of the instructions before.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/></exception>
    public static void Write(DockerfileWriter writer, ConfigurationChanges changes, ImageConfiguration baseImage, string? currentUser)
    {
        var environment = changes.Environment.Except(baseImage.Environment).ToList();
        foreach (var (name, value) in environment)
            writer.Instruction($"ENV {name}={DockerfileText.Quoted(value, $"ContainerEnvironmentVariable '{name}'")}");
        foreach (var (name, value) in changes.Labels.Except(baseImage.Labels).OrderBy(l => l.Key, StringComparer.Ordinal))
            writer.Instruction($"LABEL {DockerfileText.Quoted(name, "ContainerLabel")}={DockerfileText.Quoted(value, $"ContainerLabel '{name}'")}");
        // A label of the base cannot be taken away, only emptied.
        foreach (var name in baseImage.Labels.Keys.Where(k => !changes.Labels.ContainsKey(k)).Order(StringComparer.Ordinal))
            writer.Instruction($"LABEL {DockerfileText.Quoted(name, "ContainerLabel")}=\"\"");
        foreach (var port in changes.ExposedPorts.Except(baseImage.ExposedPorts)) writer.Instruction($"EXPOSE {port}");
        if (changes.Volumes.Except(baseImage.Volumes).ToList() is { Count: > 0 } volumes) writer.Instruction($"VOLUME {DockerfileText.Paths(volumes, "ContainerVolume")}");
        if (changes.WorkingDirectory.Length > 0) writer.Instruction($"WORKDIR {DockerfileText.Line(changes.WorkingDirectory, "ContainerWorkingDirectory")}");
        if (changes.User is { } user && user != currentUser) writer.Instruction($"USER {DockerfileText.Line(user, "ContainerUser")}");
        // A new entrypoint empties the base's command; the other way round it stays.
        var entrypoint = !changes.Entrypoint.SequenceEqual(baseImage.Entrypoint);
        if (entrypoint) writer.Instruction($"ENTRYPOINT {DockerfileText.Exec(changes.Entrypoint)}");
        if (entrypoint ? changes.Command.Count > 0 : !changes.Command.SequenceEqual(baseImage.Command)) writer.Instruction($"CMD {DockerfileText.Exec(changes.Command)}");
    }
}
