namespace Container.Sdk.Testing;

/// <summary>A disk in memory, as small as a test wants it. Mounting needs root.</summary>
public sealed class TemporaryDisk : IDisposable
{
    /// <summary>Mounts a disk.</summary>
    /// <param name="options">Options of tmpfs: <c>size=1m</c>, <c>ro</c>.</param>
    public TemporaryDisk(string options)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Inconclusive("Mounting a disk needs root.");
        Folder = Directory.CreateTempSubdirectory("csdk-disk-").FullName;
        if (Command.Run("mount", ["-t", "tmpfs", "-o", options, "csdk-test", Folder]) is { ExitCode: not 0 } failed)
        {
            Directory.Delete(Folder);
            Assert.Inconclusive($"A disk cannot be mounted here: {failed.Output}");
        }
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; } = "";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Folder.Length == 0) return;
        Command.Run("umount", [Folder]).Succeeded();
        Directory.Delete(Folder);
    }
}
