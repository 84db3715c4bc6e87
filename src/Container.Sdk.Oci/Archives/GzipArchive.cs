using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>
/// Expands an archive that somebody compressed after writing it (<c>docker save … | gzip</c>): an archive is read out
/// of order, and gzip can be read in order only.
/// </summary>
internal static class GzipArchive
{
    // An archive that is a bomb fills a disk, not a memory; still it need not.
    private const long MostBytes = 10L << 30;
    private const long AllowedRatio = 200;
    private const long RatioMattersFrom = 10 << 20;

    /// <summary>Expands <paramref name="compressed"/> onto <paramref name="output"/>.</summary>
    /// <exception cref="FormatException">It is damaged, cut off, or expands without measure.</exception>
    public static async Task ExpandAsync(SafeFileHandle compressed, Stream output, CancellationToken cancellation)
    {
        var length = RandomAccess.GetLength(compressed);
        var most = Math.Min(MostBytes, Math.Max(RatioMattersFrom, length * AllowedRatio));
        var gzip = new GzipReader(new RangeStream(compressed, 0, length));
        await using var _ = gzip.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long written = 0;
            for (int n; (n = await gzip.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0; written += n)
            {
                if (written + n > most) throw new FormatException($"it expands to more than {most} bytes; expand it with gunzip first if that is right");
                await output.WriteAsync(buffer.AsMemory(0, n), cancellation).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException e)
        {
            throw new FormatException(e.Message, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>
/// A file without a name: whatever happens to this process, nothing is left of it, and nobody else can open it.
/// </summary>
internal static class TemporaryFile
{
    /// <summary>Creates it in <paramref name="folder"/>. It is gone when the handle is closed.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/></exception>
    public static SafeFileHandle Create(string folder)
    {
        var path = Path.Combine(folder, $".container-sdk-{Guid.NewGuid():N}");
        // Windows deletes at the last close, even of a process that was killed; elsewhere the name can go at once.
        var options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        try
        {
            Directory.CreateDirectory(folder);
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, options);
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(path, e);
        }
    }
}
