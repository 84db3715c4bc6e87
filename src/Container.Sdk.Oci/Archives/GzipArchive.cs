using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
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
    private const int TrailerSize = 8;

    /// <summary>Whether content that starts so is compressed with gzip.</summary>
    public static bool Starts(ReadOnlySpan<byte> start) => start.StartsWith([(byte)0x1f, (byte)0x8b]);

    /// <summary>Expands <paramref name="compressed"/> onto <paramref name="output"/>.</summary>
    /// <exception cref="FormatException">It is damaged, cut off, or expands without measure.</exception>
    public static async Task ExpandAsync(SafeFileHandle compressed, Stream output, CancellationToken cancellation)
    {
        var length = RandomAccess.GetLength(compressed);
        var most = Math.Min(MostBytes, Math.Max(RatioMattersFrom, length * AllowedRatio));
        var gzip = new GZipStream(new RangeStream(compressed, 0, length), CompressionMode.Decompress);
        await using var _ = gzip.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            long written = 0;
            for (int n; (n = await ReadAsync(gzip, buffer, cancellation).ConfigureAwait(false)) > 0; written += n)
            {
                if (written + n > most) throw new FormatException($"it expands to more than {most} bytes; expand it with gunzip first if that is right");
                await output.WriteAsync(buffer.AsMemory(0, n), cancellation).ConfigureAwait(false);
            }
            // The framework takes a gzip that is cut off for a short one. The checksum was compared if, and only if, all
            // of the trailer was there, whose second half is the size.
            if (SizeInTrailer(compressed, length) != (uint)written)
                throw new FormatException("its gzip is cut off, or made of several parts; expand it with gunzip first");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<int> ReadAsync(GZipStream gzip, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await gzip.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException("its gzip is damaged", e);
        }
    }

    private static uint? SizeInTrailer(SafeFileHandle file, long length)
    {
        var trailer = new byte[TrailerSize];
        if (length < TrailerSize || RandomAccess.Read(file, trailer, length - TrailerSize) != TrailerSize) return null;
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4));
    }
}
