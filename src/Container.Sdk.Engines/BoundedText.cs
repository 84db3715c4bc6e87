using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>Keeps the start or the end of what a program says, however much that is.</summary>
internal sealed class BoundedText(int limit, bool keepEnd) : WriteOnlyStream
{
    private readonly MemoryStream _kept = new();
    private readonly Lock _lock = new();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_lock)
        {
            if (!keepEnd)
            {
                _kept.Write(buffer[..Math.Min(buffer.Length, limit - (int)_kept.Length)]);
                return;
            }
            _kept.Write(buffer.Length > limit ? buffer[^limit..] : buffer);
            if (_kept.Length <= 2 * limit) return;
            var end = _kept.ToArray().AsSpan((int)_kept.Length - limit);
            _kept.SetLength(0);
            _kept.Write(end);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override string ToString()
    {
        lock (_lock)
        {
            var bytes = _kept.GetBuffer().AsSpan(0, (int)_kept.Length);
            return Encoding.UTF8.GetString(keepEnd && bytes.Length > limit ? bytes[^limit..] : bytes).Trim();
        }
    }
}
