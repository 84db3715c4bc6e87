namespace Container.Sdk.Oci;

/// <summary>A lock that all processes of a machine respect. The system releases it when its owner ends, however it ends.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock of a file beside which no lock may lie, because it would be committed with it, and takes it.</summary>
    /// <param name="file">The file; absolute.</param>
    /// <param name="cacheFolder">The cache of this user, where the lock lies instead.</param>
    /// <exception cref="ContainerException">As <see cref="Acquire"/>.</exception>
    public static FileLock Of(string file, string cacheFolder)
    {
        var folder = Path.Combine(cacheFolder, "locks");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(folder, e);
        }
        return Acquire(Path.Combine(folder, Digest.Of(System.Text.Encoding.UTF8.GetBytes(file)).Hex));
    }

    /// <summary>Waits for the lock, and takes it. The file stays, since deleting it would give two processes a lock each.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/>, also where it is not to be had in a minute.</exception>
    public static FileLock Acquire(string path)
    {
        var giveUp = Environment.TickCount64 + 60_000;
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            }
            catch (IOException e) when (Environment.TickCount64 < giveUp && e is not (DirectoryNotFoundException or PathTooLongException) && IsHeld(path))
            {
                Thread.Sleep(10);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw AtomicFile.Failure(path, e);
            }
        }
    }

    // A lock that somebody holds is there already. A read-only or full disk is another failure, and waiting does not cure it.
    private static bool IsHeld(string path) => File.Exists(path);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
