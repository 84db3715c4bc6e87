namespace Container.Sdk.Oci;

/// <summary>
/// Files that are there whole or not at all. A file is written under a name that nobody reads, on the same disk,
/// flushed, and then renamed: across disks a rename is a copy, and a reader would see half of it.
/// </summary>
public static class AtomicFile
{
    private const string Suffix = ".partial";

    /// <summary>Writes <paramref name="bytes"/> to <paramref name="path"/>, over what is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="durable">Whether it is to survive a power failure right after; a cache need not.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/> or <see cref="Diagnostics.DiskFull"/></exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool durable = true)
    {
        var partial = PartialName(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(bytes);
                if (durable) file.Flush(flushToDisk: true);
            }
            Rename(partial, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
            throw Failure(path, e);
        }
    }

    /// <summary>A name beside <paramref name="path"/> that nobody reads and nobody else writes.</summary>
    public static string PartialName(string path) => $"{path}.{Guid.NewGuid():N}{Suffix}";

    /// <summary>Whether a file is what a killed process left behind.</summary>
    public static bool IsPartial(string path) => path.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Renames a finished file. On Windows a virus scanner may hold it for a moment.</summary>
    public static void Rename(string from, string to)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (Exception e) when (OperatingSystem.IsWindows() && attempt < 10 && e is (IOException or UnauthorizedAccessException))
            {
                Thread.Sleep(15);
            }
        }
    }

    /// <summary>Deletes a file where that is possible.</summary>
    public static void TryDelete(string path)
    {
        try { File.Delete(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { /* It is in use; whoever cleans up next gets it. */ }
    }

    /// <summary>What a failed write means for the user.</summary>
    public static ContainerException Failure(string path, Exception e)
    {
        const int NoSpaceUnix = 28, QuotaUnix = 122, DiskFullWindows = 0x70;
        return e is IOException && (e.HResult & 0xFFFF) is (NoSpaceUnix or QuotaUnix or DiskFullWindows)
            ? Diagnostics.DiskFull.Error(e, path)
            : Diagnostics.NotWritable.Error(e, path, e.Message);
    }
}

/// <summary>Finds out whether a folder can be written, before long work is done for it.</summary>
public static class Writability
{
    /// <summary>Makes and deletes an empty file in the folder, or in its nearest parent that is there.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/> or <see cref="Diagnostics.DiskFull"/></exception>
    public static void Check(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing)) throw Diagnostics.NotWritable.Error(folder, $"'{existing}' is a file");
            existing = Path.GetDirectoryName(existing) ?? throw Diagnostics.NotWritable.Error(folder, "there is no such disk");
        }
        var probe = AtomicFile.PartialName(Path.Combine(existing, ".container-sdk"));
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(folder, e);
        }
    }
}
