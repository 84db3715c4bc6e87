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

/// <summary>How the layer cache is used: <c>ContainerCacheMode</c>.</summary>
public enum CacheMode
{
    /// <summary>Layers are taken from it and put into it.</summary>
    ReadWrite,

    /// <summary>Layers are taken from it; what is packed goes into the project's own folder.</summary>
    ReadOnly,

    /// <summary>It is not touched.</summary>
    Off,
}

/// <summary>Keeps a cache folder within its size. Another process may do the same at the same time.</summary>
public static class CacheTrimming
{
    // What a process works with is never older than this; so nothing is taken from under it.
    private static readonly TimeSpan InUse = TimeSpan.FromHours(1);

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(24);

    /// <summary>Deletes the least recently used blobs beyond <paramref name="maxBytes"/>, and what killed processes left.</summary>
    public static void Trim(string root, long maxBytes, DateTime now)
    {
        try
        {
            var blobs = new DirectoryInfo(Path.Combine(root, "blobs", "sha256")).EnumerateFiles().ToList();
            var records = new DirectoryInfo(Path.Combine(root, "layers")) is { Exists: true } layers ? layers.EnumerateFiles().ToList() : [];
            foreach (var left in blobs.Concat(records).Where(b => AtomicFile.IsPartial(b.Name) && now - b.LastWriteTimeUtc > Abandoned)) AtomicFile.TryDelete(left.FullName);
            var whole = blobs.Where(b => !AtomicFile.IsPartial(b.Name)).OrderBy(b => b.LastWriteTimeUtc).ToList();
            var total = whole.Sum(b => b.Length);
            if (total <= maxBytes) return;
            foreach (var blob in whole.Where(b => now - b.LastWriteTimeUtc > InUse))
            {
                if (total <= maxBytes) break;
                AtomicFile.TryDelete(blob.FullName);
                total -= blob.Length;
            }
            // A record whose blob is gone is a miss; it goes when it is old.
            foreach (var record in records.Where(r => now - r.LastWriteTimeUtc > TimeSpan.FromDays(90)))
                AtomicFile.TryDelete(record.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else tidies up at this moment, or may do it next time.
        }
    }
}

/// <summary>The bytes of a layer in the cache.</summary>
/// <param name="Cached">The layer.</param>
public sealed record CachedBlob(CachedLayer Cached) : IBlob
{
    /// <inheritdoc/>
    public RepositoryName? PlaceIn(RegistryHost registry) => null;

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult(Cached.Folder.Open(Cached.Layer));
}
