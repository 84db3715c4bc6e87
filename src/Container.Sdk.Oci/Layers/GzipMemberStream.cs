using System.Buffers;
using System.IO.Compression;

namespace Container.Sdk.Oci;

/// <summary>
/// Compresses what is written to it as gzip members of 16 MiB of input each (RFC 1952 allows several), so that all
/// cores can work on one layer. The bytes are a pure function of the content and of the runtime's deflate:
/// members are cut at fixed places, and each is fed in blocks of 64 KiB because deflate's output depends on the sizes
/// of the writes (dotnet/runtime#81043).
/// </summary>
public sealed class GzipMemberStream : WriteOnlyStream
{
    /// <summary>Bytes of input of one member.</summary>
    public const int MemberSize = 16 << 20;

    private const int WriteSize = 64 << 10;

    private readonly Stream _output;
    private readonly PackingBudget _budget;
    private readonly CancellationToken _cancellation;
    private readonly Queue<Task<MemoryStream>> _members = new();
    private byte[] _current = [];
    private int _filled;
    private bool _completed;

    /// <summary>Compresses to <paramref name="output"/>, which stays open.</summary>
    public GzipMemberStream(Stream output, PackingBudget budget, CancellationToken cancellation) =>
        (_output, _budget, _cancellation) = (output, budget, cancellation);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_filled == MemberSize) Seal();
            EnsureRoom(buffer.Length);
            var n = Math.Min(buffer.Length, _current.Length - _filled);
            buffer[..n].CopyTo(_current.AsSpan(_filled));
            _filled += n;
            buffer = buffer[n..];
        }
    }

    /// <summary>Compresses and writes what is left. Without it the output is not complete.</summary>
    public void Complete()
    {
        if (_filled > 0) Seal();
        while (_members.Count > 0) WriteOldest();
        _completed = true;
    }

    // The buffer grows with the member: most layers are far smaller than one. The pool's sizes are powers of two, as MemberSize is.
    private void EnsureRoom(int wanted)
    {
        if (_filled < _current.Length) return;
        if (_current.Length == 0) TakeSlot();
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(MemberSize, Math.Max(_current.Length * 2, Math.Max(WriteSize, wanted))));
        _current.AsSpan(0, _filled).CopyTo(larger);
        if (_current.Length > 0) ArrayPool<byte>.Shared.Return(_current);
        _current = larger;
    }

    // Nobody waits for a slot while holding members that would give one back: two layers never wait for each other.
    private void TakeSlot()
    {
        while (_members.Count > 0 && _members.Peek().IsCompleted) WriteOldest();
        while (!_budget.TryTake())
        {
            if (_members.Count > 0) WriteOldest();
            else
            {
                _budget.Take(_cancellation);
                return;
            }
        }
    }

    private void Seal()
    {
        var (buffer, length) = (_current, _filled);
        _members.Enqueue(Task.Run(() => Compress(buffer, length), _cancellation));
        (_current, _filled) = ([], 0);
    }

    private void WriteOldest()
    {
        var member = _members.Dequeue();
        try
        {
            using var bytes = member.GetAwaiter().GetResult();
            _output.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        finally
        {
            _budget.Give();
        }
    }

    private static MemoryStream Compress(byte[] buffer, int length)
    {
        var output = new MemoryStream(length / 2 + 64);
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var at = 0; at < length; at += WriteSize) gzip.Write(buffer.AsSpan(at, Math.Min(WriteSize, length - at)));
        }
        ArrayPool<byte>.Shared.Return(buffer);
        // The header says nothing of the machine: no time, no extra flags, operating system unknown.
        var header = output.GetBuffer();
        (header[4], header[5], header[6], header[7], header[8], header[9]) = (0, 0, 0, 0, 0, 255);
        return output;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_completed)
        {
            // Given up: wait for the work under way, and give every slot back.
            if (_current.Length > 0) _budget.Give();
            foreach (var member in _members)
            {
                try { member.GetAwaiter().GetResult().Dispose(); }
                catch (OperationCanceledException) { /* It was cancelled; that is why we are here. */ }
                finally { _budget.Give(); }
            }
            _members.Clear();
            _completed = true;
        }
        base.Dispose(disposing);
    }
}
