using System.IO.Compression;

namespace Container.Sdk.Oci;

/// <summary>
/// How much may be compressed at once, over all layers of a build: it keeps every core busy, and memory bounded whatever
/// the size of the files. It has a slot per core and at least two, and fewer where the machine has
/// little memory. (Filling a slot takes so little of the time of compressing one that none is needed for that alone.)
/// </summary>
public sealed class PackingBudget : IDisposable
{
    // Input and output of a member.
    private const long SlotSize = 2L * GzipMemberStream.MemberSize;

    private readonly SemaphoreSlim _free;
    private readonly Stack<PackingSlot> _used = new();

    /// <summary>A budget for this machine.</summary>
    /// <param name="cores">Another number of cores than it has.</param>
    /// <param name="memory">Another number of bytes than it has.</param>
    public PackingBudget(int? cores = null, long? memory = null)
    {
        // A sixteenth of the memory: a build has other work to do.
        var affordable = (int)Math.Clamp((memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 16 / SlotSize, 1, 64);
        Parallelism = Math.Clamp(cores ?? Environment.ProcessorCount, 1, affordable);
        _free = new SemaphoreSlim(Math.Max(2, Parallelism));
    }

    /// <summary>Layers that are packed at the same time.</summary>
    public int Parallelism { get; }

    /// <summary>Takes a slot where one is free.</summary>
    internal PackingSlot? TryTake() => _free.Wait(0) ? Reuse() : null;

    /// <summary>Waits for a slot.</summary>
    internal PackingSlot Take(CancellationToken cancellation)
    {
        _free.Wait(cancellation);
        return Reuse();
    }

    internal void Give(PackingSlot slot)
    {
        slot.Clear();
        lock (_used) _used.Push(slot);
        _free.Release();
    }

    // The same buffers again: new ones for each member would be garbage that only a full collection takes away.
    private PackingSlot Reuse()
    {
        lock (_used) return _used.TryPop(out var slot) ? slot : new PackingSlot();
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}

/// <summary>The buffers of one gzip member: what goes in, and what comes out.</summary>
#pragma warning disable CA1001 // A MemoryStream holds nothing but memory.
internal sealed class PackingSlot
#pragma warning restore CA1001
{
    // Deflate's output depends on the sizes of the writes; with fixed ones it does not (dotnet/runtime#81043).
    private const int WriteSize = 64 << 10;

    private readonly MemoryStream _output = new();
    private byte[] _input = [];
    private int _filled;

    /// <summary>Whether the member is complete.</summary>
    public bool IsFull => _filled == GzipMemberStream.MemberSize;

    /// <summary>The compressed member.</summary>
    public ReadOnlySpan<byte> Output => _output.GetBuffer().AsSpan(0, (int)_output.Length);

    /// <summary>Takes as much as the member has room for.</summary>
    /// <returns>The number of bytes taken.</returns>
    public int Fill(ReadOnlySpan<byte> bytes)
    {
        if (_filled + bytes.Length > _input.Length) Grow(_filled + bytes.Length);
        var n = Math.Min(bytes.Length, _input.Length - _filled);
        bytes[..n].CopyTo(_input.AsSpan(_filled));
        _filled += n;
        return n;
    }

    /// <summary>Compresses what was filled in.</summary>
    public PackingSlot Compress()
    {
        // Room for the worst case, once: doubling would end at twice a member.
        _output.Capacity = Math.Max(_output.Capacity, _filled + (_filled >> 10) + 1024);
        using (var gzip = new GZipStream(_output, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var at = 0; at < _filled; at += WriteSize) gzip.Write(_input.AsSpan(at, Math.Min(WriteSize, _filled - at)));
        }
        // The header says nothing of the machine: no time, no extra flags, operating system unknown.
        var header = _output.GetBuffer();
        (header[4], header[5], header[6], header[7], header[8], header[9]) = (0, 0, 0, 0, 0, 255);
        return this;
    }

    /// <summary>Empties the slot; its buffers stay.</summary>
    public void Clear()
    {
        _filled = 0;
        _output.SetLength(0);
    }

    // Most layers are far smaller than a member. Four times as large: what is left behind on the way is a third of it.
    private void Grow(int wanted) =>
        Array.Resize(ref _input, (int)Math.Min(GzipMemberStream.MemberSize, Math.Max(_input.Length * 4L, Math.Max(WriteSize, wanted))));
}
