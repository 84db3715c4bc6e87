using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>A layer of ours, and where its bytes came from.</summary>
internal sealed record MadeLayer(Digest Key, ImageLayer Layer, LayerOutcome Outcome);

/// <summary>
/// Makes the layers of a plan. Each is looked for where it costs least: the library image, the cache, the image that the
/// tag has, the layer repository. Only what is in none of them is packed.
/// </summary>
internal sealed class LayerMaking(
    LayerCache cache, PackingBudget budget, IReporter reporter, Func<ImageReference, Descriptor, IBlob> libraries, ILayerStore? store)
{
    /// <summary>Makes the layers, in the plan's order.</summary>
    public async Task<MadeLayer[]> MakeAsync(ImagePlan plan, Image? present, ImageFormat format, CancellationToken cancellation)
    {
        var entries = LayerEntries.Read(plan.Layers, cancellation);
        var keys = Array.ConvertAll(entries, LayerPacker.Key);
        var made = FromLibraries(plan, entries, keys, cancellation);
        var order = LargestFirst(entries);
        FillIn(made, order, Finder(keys, present, format), cancellation);
        if (store is not null) await FillInSharedAsync(store, made, order, entries, keys, format, cancellation).ConfigureAwait(false);
        FillIn(made, order, at => Pack(plan.Layers[at], keys[at], entries[at], cancellation), cancellation);
        if (made.Any(m => m!.Outcome == LayerOutcome.Packed)) cache.Trim();
        return made!;
    }

    // All of them are looked at before anything is packed: where sharing is required, this is where it fails.
    private MadeLayer?[] FromLibraries(ImagePlan plan, IReadOnlyList<LayerEntry>[] entries, Digest[] keys, CancellationToken cancellation) =>
    [
        .. LibraryLayers.Find(plan, entries, cancellation).Select((isLibrary, i) => isLibrary && plan.Layers[i].Library is { } library
            ? new MadeLayer(keys[i], new ImageLayer(library.Layer, library.DiffId, libraries(library.Image, library.Layer)), LayerOutcome.Library)
            : null),
    ];

    private Func<int, MadeLayer?> Finder(Digest[] keys, Image? present, ImageFormat format)
    {
        var takeover = LayerTakeover.ByKey(present, format);
        var presentBlobs = (present?.Layers ?? []).Select(l => l.Descriptor.Digest).ToHashSet();
        return at =>
        {
            var key = keys[at];
            // What the destination has already is not going to be read; everything else is checked before it is relied upon.
            if (cache.Find(key) is { } cached && (presentBlobs.Contains(cached.Layer.Digest) || cached.Folder.Verify(cached.Layer)))
                return new MadeLayer(key, LayerOf(cached), LayerOutcome.Cached);
            return takeover.TryGetValue(key.ToString(), out var layer) ? new MadeLayer(key, layer, LayerOutcome.TakenOver) : null;
        };
    }

    private async Task FillInSharedAsync(
        ILayerStore kept, MadeLayer?[] made, int[] order, IReadOnlyList<LayerEntry>[] entries, Digest[] keys, ImageFormat format, CancellationToken cancellation)
    {
        var images = await SharedLayers.FindAsync(kept, keys.Where((_, at) => made[at] is null), cancellation).ConfigureAwait(false);
        FillIn(made, order, at =>
        {
            if (!images.TryGetValue(keys[at], out var image)) return null;
            var layer = SharedLayers.Judge(image, keys[at], format, () => LayerPacker.DiffId(entries[at], cancellation));
            if (layer is null) reporter.Detail($"What the layer repository has for {keys[at].Abbreviated} is another layer, and is not used.");
            return layer is null ? null : new MadeLayer(keys[at], layer with { Content = kept.Blob(layer.Descriptor) }, LayerOutcome.Shared);
        }, cancellation);
    }

    private MadeLayer Pack(PlannedLayer planned, Digest key, IReadOnlyList<LayerEntry> entries, CancellationToken cancellation)
    {
        var size = SizeOf(entries);
        if (size > 64 << 20) reporter.Progress($"packing {planned.Name}, {size / 1e6:0} MB");
        return new MadeLayer(key, LayerOf(cache.Pack(key, entries, budget, cancellation)), LayerOutcome.Packed);
    }

    private void FillIn(MadeLayer?[] made, int[] order, Func<int, MadeLayer?> make, CancellationToken cancellation)
    {
        var open = Array.FindAll(order, at => made[at] is null);
        Cores.For(open.Length, few: 2, budget.Parallelism, i => made[open[i]] = make(open[i]), cancellation);
    }

    // So that the last core does not start on the largest when the others are done.
    private static int[] LargestFirst(IReadOnlyList<LayerEntry>[] entries)
    {
        var order = new int[entries.Length];
        var sizes = new long[entries.Length];
        for (var i = 0; i < order.Length; i++) (order[i], sizes[i]) = (i, -SizeOf(entries[i]));
        Array.Sort(sizes, order);
        return order;
    }

    private static long SizeOf(IReadOnlyList<LayerEntry> entries)
    {
        long size = 0;
        foreach (var entry in entries) size += entry.Content?.Length ?? 0;
        return size;
    }

    private static ImageLayer LayerOf(CachedLayer cached) => new(
        new Descriptor(MediaTypes.OciLayerGzip, cached.Layer.Digest, cached.Layer.Size), cached.Layer.DiffId, new CachedBlob(cached));
}

/// <summary>Which planned layers are those of library images: where the published files are the very files that the image has.</summary>
public static class LibraryLayers
{
    /// <summary>Looks at every layer before anything is made.</summary>
    /// <returns>For each layer whether it is its library image's.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LayerNotShared"/> where sharing is required.</exception>
    public static bool[] Find(ImagePlan plan, IReadOnlyList<LayerEntry>[] entries, CancellationToken cancellation) =>
    [
        .. plan.Layers.Select((layer, i) =>
        {
            if (layer.Library is { } library && LayerPacker.DiffId(entries[i], cancellation) == library.DiffId) return true;
            return (layer.NotShared ?? layer.Library?.IfDifferent) is { } why && plan.RequiresSharedLayers ? throw Diagnostics.LayerNotShared.Error(layer.Name, why) : false;
        }),
    ];
}

/// <summary>
/// Layers of the image that a tag has now, by their keys. They are used for that same repository only and do not enter
/// the cache: who may push there could write any key.
/// </summary>
public static class LayerTakeover
{
    /// <summary>The layers that say their keys; empty where there is no image.</summary>
    /// <param name="present">The image.</param>
    /// <param name="format">The format that is wanted; a layer that it cannot hold is not taken over.</param>
    public static IReadOnlyDictionary<string, ImageLayer> ByKey(Image? present, ImageFormat format = ImageFormat.Oci)
    {
        var layers = new Dictionary<string, ImageLayer>(StringComparer.Ordinal);
        if (present is null) return layers;
        foreach (var layer in present.Layers)
        {
            if (layer.Descriptor.Annotations.TryGetValue(LayerKeys.Annotation, out var key)) layers[key] = layer;
        }
        if (present.Manifest.Format == ImageFormat.Docker && present.Configuration.Labels.TryGetValue(LayerKeys.Label, out var list))
        {
            var keys = list.Split(',');
            if (keys.Length <= present.Layers.Length)
                for (var i = 0; i < keys.Length; i++) layers[keys[i]] = present.Layers[present.Layers.Length - keys.Length + i];
        }
        foreach (var key in layers.Keys.Where(k => MediaTypes.Layer(layers[k].Descriptor.MediaType, format) is null).ToList()) layers.Remove(key);
        return layers;
    }
}
