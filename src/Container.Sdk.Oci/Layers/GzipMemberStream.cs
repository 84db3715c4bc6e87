namespace Container.Sdk.Oci;

/// <summary>
/// Compresses what is written to it as gzip members of 16 MiB of input each (RFC 1952 allows several), so that all
/// cores can work on one layer. The bytes are a pure function of the content and of the runtime's deflate.
/// </summary>
public sealed class GzipMemberStream : WriteOnlyStream
{
    /// <summary>Bytes of input of one member.</summary>
    public const int MemberSize = 16 << 20;

    private readonly Stream _output;
    private readonly PackingBudget _budget;
    private readonly CancellationToken _cancellation;
    private readonly Queue<(Task Work, PackingSlot Slot)> _members = new();
    private PackingSlot? _current;

    /// <summary>Compresses to <paramref name="output"/>, which stays open.</summary>
    public GzipMemberStream(Stream output, PackingBudget budget, CancellationToken cancellation) =>
        (_output, _budget, _cancellation) = (output, budget, cancellation);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_current is { IsFull: true }) Seal();
            _current ??= TakeSlot();
            buffer = buffer[_current.Fill(buffer)..];
        }
    }

    /// <summary>Compresses and writes what is left. Without it the output is not complete.</summary>
    public void Complete()
    {
        if (_current is not null) Seal();
        while (_members.Count > 0) WriteOldest();
    }

    // Nobody waits for a slot while holding members that would give one back: two layers never wait for each other.
    private PackingSlot TakeSlot()
    {
        while (_members.Count > 0 && _members.Peek().Work.IsCompleted) WriteOldest();
        while (true)
        {
            if (_budget.TryTake() is { } free) return free;
            if (_members.Count == 0) return _budget.Take(_cancellation);
            WriteOldest();
        }
    }

    private void Seal()
    {
        var slot = _current!;
        _current = null;
        _members.Enqueue((Task.Run(slot.Compress, _cancellation), slot));
    }

    private void WriteOldest()
    {
        var (work, slot) = _members.Dequeue();
        try
        {
            work.GetAwaiter().GetResult();
            _output.Write(slot.Output);
        }
        finally
        {
            _budget.Give(slot);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Given up: the work under way ends first, then every slot goes back.
            if (_current is not null) _budget.Give(_current);
            _current = null;
            while (_members.TryDequeue(out var member))
            {
                ((IAsyncResult)member.Work).AsyncWaitHandle.WaitOne();
                _budget.Give(member.Slot);
            }
        }
        base.Dispose(disposing);
    }
}
