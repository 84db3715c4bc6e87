using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.BuiltIn;

/// <summary>
/// Planned layers as folders, for builders that copy a folder into a layer: the modes and times in them are those that the layer is
/// to have, so that the builder makes the very bytes that <see cref="LayerPacker"/> would.
/// </summary>
public static class LayerStaging
{
    private const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;

    /// <summary>Writes one folder for each layer; what else lies in <paramref name="root"/> goes.</summary>
    /// <param name="root">The folder for the folders.</param>
    /// <param name="layers">The name of each folder, and what is in it.</param>
    /// <exception cref="ContainerException">A file cannot be read, or the folder cannot be written.</exception>
    public static void Write(string root, IEnumerable<(string Folder, IEnumerable<PlannedFile> Files)> layers)
    {
        try
        {
            var before = Directory.Exists(root) ? Stamps(root) : [];
            if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
            foreach (var (folder, files) in layers)
            {
                Directory.CreateDirectory(Path.Combine(root, folder));
                foreach (var file in files) Stage(file, root, Path.Combine(folder, file.Path), before);
            }
            SetFolders(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(root, e);
        }
    }

    private static void Stage(PlannedFile file, string root, string path, Dictionary<string, (DateTime Time, string Hash)> before)
    {
        var target = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (file.LinkTarget is not null)
        {
            new FileInfo(target).CreateAsSymbolicLink(file.LinkTarget);
            File.SetLastWriteTimeUtc(target, DateTime.UnixEpoch.AddSeconds(TarHeader.Time));
            return;
        }
        var hash = FileHashing.Read(file.Source).Digest.Hex;
        File.Copy(file.Source, target);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, file.Mode);
        File.SetLastWriteTimeUtc(target, TimeOf(hash, before.GetValueOrDefault(path)));
    }

    // BuildKit takes a file of the same name, size and time for the one that it got before, and a layer's time has whole seconds:
    // so its fraction says what the content is, and never what another content said here.
    private static DateTime TimeOf(string hash, (DateTime Time, string Hash) before)
    {
        var fraction = Convert.ToInt64(hash[..8], 16) % (TimeSpan.TicksPerSecond - 1);
        var time = DateTime.UnixEpoch.AddSeconds(TarHeader.Time).AddTicks(fraction);
        return before.Time == time && before.Hash != hash ? time.AddTicks(1) : time;
    }

    private static Dictionary<string, (DateTime Time, string Hash)> Stamps(string root) => new DirectoryInfo(root)
        .EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.LinkTarget is null)
        .ToDictionary(f => Path.GetRelativePath(root, f.FullName), f => (f.LastWriteTimeUtc, FileHashing.Read(f.FullName).Digest.Hex), StringComparer.Ordinal);

    // Last, and from the inside: whatever is put into a folder changes its time.
    private static void SetFolders(string root)
    {
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories("*", SearchOption.AllDirectories).Where(d => d.LinkTarget is null).OrderByDescending(d => d.FullName.Length))
        {
            if (!OperatingSystem.IsWindows()) folder.UnixFileMode = FolderMode;
            folder.LastWriteTimeUtc = DateTime.UnixEpoch.AddSeconds(TarHeader.Time);
        }
    }
}
