using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>
/// The layers that were packed before, and where new ones are put. Keyed by every input of a layer
/// (<see cref="LayerPacker.Key"/>), so an entry never becomes wrong, only unused.
/// </summary>
public sealed class LayerCache
{
    private readonly LayerFolder? _readOnly;
    private readonly LayerFolder _own;
    private readonly long _maxBytes;
    private readonly bool _isShared;

    private LayerCache(LayerFolder? readOnly, LayerFolder own, bool isShared, long maxBytes) =>
        (_readOnly, _own, _isShared, _maxBytes) = (readOnly, own, isShared, maxBytes);

    /// <summary>Opens a cache.</summary>
    /// <param name="folder">The shared cache.</param>
    /// <param name="mode">How it is used.</param>
    /// <param name="projectFolder">Where layers go that the shared cache does not take.</param>
    /// <param name="maxBytes">The most bytes that the shared cache keeps.</param>
    /// <param name="reporter">Told where the shared cache cannot be used.</param>
    public static LayerCache Open(string folder, CacheMode mode, string projectFolder, long maxBytes, IReporter reporter)
    {
        var own = new LayerFolder(projectFolder);
        if (mode != CacheMode.ReadWrite)
        {
            own.Create();
            return new LayerCache(mode == CacheMode.ReadOnly ? new LayerFolder(folder) : null, own, isShared: false, maxBytes);
        }
        var shared = new LayerFolder(folder);
        try
        {
            shared.Create();
            return new LayerCache(null, shared, isShared: true, maxBytes);
        }
        catch (ContainerException e)
        {
            reporter.Warn(Diagnostics.CacheNotUsable, folder, e.Message);
            own.Create();
            return new LayerCache(shared, own, isShared: false, maxBytes);
        }
    }

    /// <summary>Finds a layer by its key; its bytes are not read.</summary>
    public CachedLayer? Find(Digest key) =>
        _own.Find(key) is { } own ? new CachedLayer(own, _own)
        : _readOnly?.Find(key) is { } found ? new CachedLayer(found, _readOnly)
        : null;

    /// <summary>Packs a layer.</summary>
    public CachedLayer Pack(Digest key, IEnumerable<LayerEntry> entries, PackingBudget budget, CancellationToken cancellation) =>
        new(_own.Pack(key, output => LayerPacker.Pack(entries, output, budget, cancellation)), _own);

    /// <summary>Takes in a layer that an engine made. Its key is the digest of its uncompressed bytes: nothing else is known of its inputs.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DigestMismatch"/>: the tar is another one; or the cache cannot be written.</exception>
    public CachedLayer Compress(Digest diffId, Stream tar, PackingBudget budget, CancellationToken cancellation) => new(_own.Pack(diffId, output =>
    {
        var packed = LayerPacker.Compress(tar, output, budget, cancellation);
        return packed.DiffId == diffId ? packed : throw Diagnostics.DigestMismatch.Error(diffId.ToString(), "the image that was built", packed.DiffId.ToString());
    }), _own);

    /// <summary>Removes what was not used for longest until the cache is no larger than it may be.</summary>
    public void Trim()
    {
        if (_isShared) CacheTrimming.Trim(_own.Root, _maxBytes, DateTime.UtcNow);
    }
}

/// <summary>A layer, and the folder that has its bytes.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Folder">The folder.</param>
public sealed record CachedLayer(PackedLayer Layer, LayerFolder Folder);
