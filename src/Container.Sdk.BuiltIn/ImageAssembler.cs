using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.BuiltIn;

/// <summary>The built-in back end: from a plan to an image, with no engine.</summary>
/// <param name="cache">Where layers are found and put.</param>
/// <param name="budget">How much is packed at once.</param>
/// <param name="reporter">Told about long work.</param>
/// <param name="libraries">Where the bytes of a library image's layer can be had.</param>
public sealed class ImageAssembler(LayerCache cache, PackingBudget budget, IReporter reporter, Func<ImageReference, Descriptor, IBlob> libraries)
{
    /// <summary>Assembles the image.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="baseImage">The base; <c>null</c> for <c>scratch</c>.</param>
    /// <param name="present">The image that the destination's tag has now, or <c>null</c>: its layers are taken over by their keys.</param>
    /// <param name="requiredFormat">The only format that the destination takes, or <c>null</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    public AssembledImage Assemble(
        ImagePlan plan, Image? baseImage, Image? present, ImageFormat? requiredFormat, CancellationToken cancellation)
    {
        if (requiredFormat is not null && plan.Format is not null && plan.Format != requiredFormat)
            throw Diagnostics.Contradiction.Error($"ContainerImageFormat={plan.Format}", "the destination", $"it takes the format {requiredFormat} only");
        var format = requiredFormat ?? plan.Format ?? baseImage?.Manifest.Format ?? ImageFormat.Oci;
        var baseLayers = (baseImage?.Layers ?? []).Select(l => Convert(l, format)).ToList();
        var made = MakeLayers(plan, present, format, cancellation);

        var configuration = baseImage?.Configuration ?? ImageConfiguration.Empty(plan.Platform);
        var changes = ConfigurationRules.Apply(plan, configuration, baseImage?.Descriptor.Digest, reporter) with
        {
            Layers = [.. made.Select((m, i) => (m.Layer.DiffId, plan.Layers[i].CreatedBy))],
        };
        if (format == ImageFormat.Docker)
            changes = changes with { Labels = new Dictionary<string, string>(changes.Labels) { [LayerKeys.Label] = string.Join(',', made.Select(m => m.Key)) } };
        configuration = configuration.With(changes);

        var configurationBytes = configuration.ToBytes();
        ImmutableArray<ImageLayer> layers = [.. baseLayers, .. made.Select(m => Annotate(m, format))];
        var manifest = new ImageManifest(
            format,
            new Descriptor(MediaTypes.Config(format), Digest.Of(configurationBytes), configurationBytes.Length),
            [.. layers.Select(l => l.Descriptor)]);
        var image = new Image(manifest, manifest.ToBytes(), configuration, configurationBytes, layers);
        return new AssembledImage(image,
        [
            .. baseLayers.Select(_ => new LayerSummary("base", LayerProvenance.Base, [])),
            .. made.Select((m, i) => new LayerSummary(plan.Layers[i].Name, m.Provenance, plan.Layers[i].Components)
            {
                Key = m.Key,
                Library = plan.Layers[i].Library?.Image,
                OwnBecause = m.Provenance == LayerProvenance.Library ? null : plan.Layers[i].NotShared ?? plan.Layers[i].Library?.IfDifferent,
            }),
        ]);
    }

    private MadeLayer[] MakeLayers(ImagePlan plan, Image? present, ImageFormat format, CancellationToken cancellation)
    {
        var takeover = LayerTakeover.ByKey(present, format);
        var presentBlobs = (present?.Layers ?? []).Select(l => l.Descriptor.Digest).ToHashSet();
        var entries = LayerEntries.Read(plan.Layers, cancellation);
        var made = new MadeLayer[entries.Length];
        var libraryLayers = MakeLibraryLayers(plan, entries, cancellation);
        // The largest first, so that the last core does not start on it when the others are done.
        var order = new int[made.Length];
        var sizes = new long[made.Length];
        for (var i = 0; i < made.Length; i++) (order[i], sizes[i]) = (i, -SizeOf(entries[i]));
        Array.Sort(sizes, order);
        Cores.For(
            made.Length, few: 2, budget.Parallelism,
            at => made[order[at]] = libraryLayers[order[at]] ?? Make(plan.Layers[order[at]], entries[order[at]], takeover, presentBlobs, cancellation), cancellation);
        if (made.Any(m => m.Provenance == LayerProvenance.Packed)) cache.Trim();
        return made;
    }

    // All of them are looked at before anything is packed: where sharing is required, this is where it fails.
    private MadeLayer?[] MakeLibraryLayers(ImagePlan plan, IReadOnlyList<LayerEntry>[] entries, CancellationToken cancellation)
    {
        var made = new MadeLayer?[entries.Length];
        for (var i = 0; i < made.Length; i++)
        {
            var why = plan.Layers[i].NotShared ?? plan.Layers[i].Library?.IfDifferent;
            if (plan.Layers[i].Library is { } library && LayerPacker.DiffId(entries[i], cancellation) == library.DiffId)
                made[i] = new MadeLayer(LayerPacker.Key(entries[i]), new ImageLayer(library.Layer, library.DiffId, libraries(library.Image, library.Layer)), LayerProvenance.Library);
            else if (plan.RequiresSharedLayers && why is not null)
                throw Diagnostics.LayerNotShared.Error(plan.Layers[i].Name, why);
        }
        return made;
    }

    private MadeLayer Make(
        PlannedLayer planned, IReadOnlyList<LayerEntry> entries, IReadOnlyDictionary<string, ImageLayer> takeover,
        HashSet<Digest> presentBlobs, CancellationToken cancellation)
    {
        var key = LayerPacker.Key(entries);
        // What the destination has already is not going to be read; everything else is checked before it is relied upon.
        if (cache.Find(key) is { } cached && (presentBlobs.Contains(cached.Layer.Digest) || cached.Folder.Verify(cached.Layer)))
            return new MadeLayer(key, LayerOf(cached), LayerProvenance.Cached);
        if (takeover.TryGetValue(key.ToString(), out var layer))
            return new MadeLayer(key, layer, LayerProvenance.TakenOver);
        var size = SizeOf(entries);
        if (size > 64 << 20) reporter.Progress($"packing {planned.Name}, {size / 1e6:0} MB");
        return new MadeLayer(key, LayerOf(cache.Pack(key, entries, budget, cancellation)), LayerProvenance.Packed);
    }

    private static long SizeOf(IReadOnlyList<LayerEntry> entries)
    {
        long size = 0;
        foreach (var entry in entries) size += entry.Content?.Length ?? 0;
        return size;
    }

    private static ImageLayer LayerOf(CachedLayer cached) => new(
        new Descriptor(MediaTypes.OciLayerGzip, cached.Layer.Digest, cached.Layer.Size), cached.Layer.DiffId, new CachedBlob(cached));

    private static ImageLayer Convert(ImageLayer layer, ImageFormat format)
    {
        var mediaType = MediaTypes.Layer(layer.Descriptor.MediaType, format)
            ?? throw Diagnostics.Contradiction.Error("ContainerImageFormat=Docker", "the base image", $"its layers are '{layer.Descriptor.MediaType}', which Docker's format does not have; use OCI");
        return layer with { Descriptor = layer.Descriptor with { MediaType = mediaType } };
    }

    private static ImageLayer Annotate(MadeLayer made, ImageFormat format)
    {
        var layer = Convert(made.Layer, format);
        var annotations = format == ImageFormat.Oci
            ? Descriptor.NoAnnotations.Add(LayerKeys.Annotation, made.Key.ToString())
            : Descriptor.NoAnnotations;
        return layer with { Descriptor = layer.Descriptor with { Annotations = annotations } };
    }

    private sealed record MadeLayer(Digest Key, ImageLayer Layer, LayerProvenance Provenance);
}
