using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>Reads a part of a file. Several can read the same file at once: each has its own position.</summary>
internal sealed class RangeStream(SafeFileHandle file, long offset, long length) : ReadOnlyStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        var n = RandomAccess.Read(file, buffer[..Clip(buffer.Length)], offset + _position);
        _position += n;
        return n;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var n = await RandomAccess.ReadAsync(file, buffer[..Clip(buffer.Length)], offset + _position, cancellationToken).ConfigureAwait(false);
        _position += n;
        return n;
    }

    private int Clip(int count) => (int)Math.Clamp(length - _position, 0, count);

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position { get => _position; set => Seek(value, SeekOrigin.Begin); }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.End ? length : _position);
        return _position = position >= 0 ? position : throw new IOException("the position is before the start");
    }
}

/// <summary>A layer that lies in an archive.</summary>
internal sealed class ArchiveBlob(ArchiveFile file, TarEntry entry, Descriptor descriptor) : IBlob
{
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult<Stream>(file.Open(entry, descriptor));
}

/// <summary>Writes to a file from its start, and leaves it open.</summary>
internal sealed class AppendStream(SafeFileHandle file, string name) : WriteOnlyStream
{
    private long _position;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            RandomAccess.Write(file, buffer, _position);
        }
        catch (IOException e)
        {
            throw AtomicFile.Failure(name, e);
        }
        _position += buffer.Length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await RandomAccess.WriteAsync(file, buffer, _position, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw AtomicFile.Failure(name, e);
        }
        _position += buffer.Length;
    }
}
