using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Processes;

/// <summary>Keeps the start or the end of what a program says, however much that is.</summary>
/// <param name="limit">The most bytes that are kept.</param>
/// <param name="keepEnd">Whether the end is kept; else the start.</param>
/// <param name="tooLong">Called when there is more.</param>
internal sealed class BoundedText(int limit, bool keepEnd, Action? tooLong = null) : WriteOnlyStream
{
    private readonly MemoryStream _kept = new();
    private long _length;
    private readonly Lock _lock = new();

    /// <summary>Whether everything is kept.</summary>
    public bool IsWhole => _length <= limit;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_lock)
        {
            _length += buffer.Length;
            if (_length > limit) tooLong?.Invoke();
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
