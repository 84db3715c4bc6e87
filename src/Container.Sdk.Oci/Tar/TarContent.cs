using System.Buffers;

namespace Container.Sdk.Oci;

/// <summary>The source of a tar, block by block, and as a stream the content of the entry that is open.</summary>
internal sealed class TarContent(Stream tar) : ReadOnlyStream
{
    private const int MostRead = 64 * 1024;

    private long _left;
    private int _padding;

    /// <summary>Bytes of the tar before what is read next.</summary>
    public long At { get; private set; }

    /// <summary>Opens the content that follows.</summary>
    /// <exception cref="FormatException">The source is known to end before.</exception>
    public void Open(TarHeader header)
    {
        if (tar.CanSeek && header.Size > tar.Length - tar.Position) throw new FormatException($"is cut off: '{header.Name}' has {header.Size} bytes, and it ends before");
        (_left, _padding) = (header.Size, TarHeader.Padding(header.Size));
    }

    /// <summary>Fills a block, after all content.</summary>
    /// <returns>Whether there was one.</returns>
    public bool ReadBlock(byte[] block)
    {
        Skip();
        return IsWhole(tar.ReadAtLeast(block, block.Length, throwOnEndOfStream: false), block);
    }

    /// <summary>Fills a block, after all content.</summary>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> ReadBlockAsync(byte[] block, CancellationToken cancellation)
    {
        await SkipAsync(cancellation).ConfigureAwait(false);
        return IsWhole(await tar.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false), block);
    }

    public override int Read(Span<byte> buffer) => _left == 0 ? 0 : Take(tar.Read(buffer[..Clip(buffer.Length)]), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _left == 0 ? 0 : Take(await tar.ReadAsync(buffer[..Clip(buffer.Length)], cancellationToken).ConfigureAwait(false), buffer.Length);

    private int Clip(int length) => (int)Math.Min(length, _left);

    private int Take(int read, int asked)
    {
        if (read == 0 && asked > 0) throw new FormatException("is cut off");
        (_left, At) = (_left - read, At + read);
        return read;
    }

    private bool IsWhole(int read, byte[] block)
    {
        At += read;
        return read == block.Length || (read == 0 ? false : throw new FormatException("is cut off"));
    }

    private void Skip()
    {
        if (!MustRead()) return;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(_left, MostRead));
        try { while (Read(buffer) > 0) { } }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    private async ValueTask SkipAsync(CancellationToken cancellation)
    {
        if (!MustRead()) return;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(_left, MostRead));
        try { while (await ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0) { } }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    // Whether what is left, with the padding, has to be read to come behind it.
    private bool MustRead()
    {
        (_left, _padding) = (_left + _padding, 0);
        if (_left == 0 || !tar.CanSeek) return _left > 0;
        if (_left > tar.Length - tar.Position) throw new FormatException("is cut off");
        tar.Seek(_left, SeekOrigin.Current);
        (_left, At) = (0, At + _left);
        return false;
    }
}
