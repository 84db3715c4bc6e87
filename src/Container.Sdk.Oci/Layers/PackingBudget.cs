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
