using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>Reads a part of a file. Several can read the same file at once: each has its own position.</summary>
internal sealed class RangeStream(SafeFileHandle file, long offset, long length) : Stream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        var n = RandomAccess.Read(file, buffer[..Clip(buffer.Length)], offset + _position);
        _position += n;
        return n;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var n = await RandomAccess.ReadAsync(file, buffer[..Clip(buffer.Length)], offset + _position, cancellationToken).ConfigureAwait(false);
        _position += n;
        return n;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Clip(int count) => (int)Math.Min(count, length - _position);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
