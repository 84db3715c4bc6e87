using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>What every final stage has behind its <c>FROM</c>: the user's own steps, the layers, and the configuration.</summary>
public static class FinalStage
{
    private const string Root = "0";

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="steps">The user's own steps, of all stages.</param>
    /// <param name="changes">The configuration, whole.</param>
    /// <param name="baseImage">The base's.</param>
    /// <param name="layers">Writes the layers.</param>
    public static void Write(DockerfileWriter writer, IEnumerable<ImageStep> steps, ConfigurationChanges changes, ImageConfiguration baseImage, Action layers)
    {
        var own = ImageStep.Of(steps, StepStage.Final);
        // Steps are done by root, whoever the base and the image say.
        var becomesRoot = own.Length > 0 && baseImage.User is not (null or Root or "root");
        if (own.Length > 0) writer.Comment("Steps of the project's own.");
        if (becomesRoot) writer.Instruction($"USER {Root}");
        StepInstructions.Write(writer, own.Where(s => s.Order <= ImageStep.AppOrder));
        if (own.Length > 0) writer.Blank();
        layers();
        StepInstructions.Write(writer, own.Where(s => s.Order > ImageStep.AppOrder));
        ImageInstructions.Write(writer, changes, baseImage, becomesRoot ? Root : baseImage.User);
    }

    /// <summary>Copies one file to an owner. Not linked: folders that are missing are made for him, and links on the way are followed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">Where the root of the image is, with a slash at its end.</param>
    /// <param name="from">An option that names another stage, or nothing.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/> for a name that would be a pattern.</exception>
    public static string CopyOwned(PlannedFile file, string folder, string from) => file.Path.AsSpan().IndexOfAny("*?[\\") >= 0
        ? throw Diagnostics.NotInDockerfile.Error("ContainerFile", file.Path)
        : $"COPY {from}--chown={file.UserId}:{file.GroupId} {DockerfileText.Paths([folder + file.Path, "/" + file.Path], "ContainerFile")}";
}

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
