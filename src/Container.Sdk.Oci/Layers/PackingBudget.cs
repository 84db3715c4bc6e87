namespace Container.Sdk.Oci;

/// <summary>
/// How much may be compressed at once, over all layers of a build: it keeps every core busy, and memory bounded
/// whatever the size of the files. A slot stands for one member of <see cref="GzipMemberStream.MemberSize"/>.
/// </summary>
public sealed class PackingBudget : IDisposable
{
    private readonly SemaphoreSlim _slots;

    /// <summary>A budget of one slot per core, but at most four, plus one that is being filled.</summary>
    public PackingBudget(int? cores = null)
    {
        Parallelism = Math.Clamp(cores ?? Environment.ProcessorCount, 1, 4);
        _slots = new SemaphoreSlim(Parallelism + 1);
    }

    /// <summary>Layers that are packed at the same time.</summary>
    public int Parallelism { get; }

    internal bool TryTake() => _slots.Wait(0);

    internal void Take(CancellationToken cancellation) => _slots.Wait(cancellation);

    internal void Give() => _slots.Release();

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();
}
