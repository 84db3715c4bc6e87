namespace Container.Sdk.Oci;

/// <summary>A lock that all processes of a machine respect. The system releases it when its owner ends, however it ends.</summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

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
