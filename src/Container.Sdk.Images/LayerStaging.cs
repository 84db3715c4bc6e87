using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>
/// Planned layers as folders, for builders that copy a folder into a layer: the modes and times in them are those that the layer is
/// to have, so that the builder makes the very bytes that <see cref="LayerPacker"/> would.
/// </summary>
public static class LayerStaging
{
    private static readonly DateTime Time = DateTime.UnixEpoch.AddSeconds(TarHeader.Time);

    /// <summary>Writes one folder for each layer; what else lies in <paramref name="root"/> goes.</summary>
    /// <param name="root">The folder for the folders.</param>
    /// <param name="layers">The name of each folder, and what is in it.</param>
    /// <exception cref="ContainerException">A file cannot be read, or the folder cannot be written.</exception>
    public static void Write(string root, IEnumerable<(string Folder, IEnumerable<PlannedFile> Files)> layers)
    {
        try
        {
            if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
            foreach (var (folder, files) in layers)
            {
                Directory.CreateDirectory(Path.Combine(root, folder));
                foreach (var file in files) Stage(file, Path.Combine(root, folder, file.Path));
            }
            SetFolders(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(root, e);
        }
    }

    private static void Stage(PlannedFile file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (file.LinkTarget is not null)
        {
            File.CreateSymbolicLink(target, file.LinkTarget);
        }
        else
        {
            using (var from = FileHashing.OpenForReading(file.Source))
            using (var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0)) from.CopyTo(to, 128 * 1024);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, file.Mode);
        }
        File.SetLastWriteTimeUtc(target, Time);
    }

    // Last, and from the inside: whatever is put into a folder changes its time.
    private static void SetFolders(string root)
    {
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories("*", SearchOption.AllDirectories).Where(d => d.LinkTarget is null).OrderByDescending(d => d.FullName.Length))
        {
            if (!OperatingSystem.IsWindows()) folder.UnixFileMode = LayerEntry.ProgramMode;
            folder.LastWriteTimeUtc = Time;
        }
    }
}
