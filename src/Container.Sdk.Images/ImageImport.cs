using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>
/// Takes over an image that an engine built. Its configuration stays as it is; a layer that is known by the digest of its uncompressed
/// bytes (the base's, a library image's, one that was there before) is that very blob, so that it is sent to nobody who has it.
/// </summary>
/// <param name="cache">Where layers are found and put.</param>
/// <param name="budget">How much is packed at once.</param>
/// <param name="libraries">Where the bytes of a library image's layer can be had.</param>
public sealed class ImageImport(LayerCache cache, PackingBudget budget, Func<ImageReference, Descriptor, IBlob> libraries)
{
    /// <summary>Takes it over.</summary>
    /// <param name="built">The image, as the engine gave it.</param>
    /// <param name="plan">What it was to be.</param>
    /// <param name="baseImage">The base; <c>null</c> for <c>scratch</c>.</param>
    /// <param name="requiredFormat">The only format that the destination takes, or <c>null</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<AssembledImage> ImportAsync(Image built, ImagePlan plan, Image? baseImage, ImageFormat? requiredFormat, CancellationToken cancellation)
    {
        var format = ImageAssembler.FormatOf(plan, baseImage, requiredFormat);
        var planned = PlannedLayers(plan, cancellation);
        var history = built.Configuration.LayerHistory;
        var layers = new List<(ImageLayer Layer, AssembledLayer Known)>();
        for (var i = 0; i < built.Layers.Length; i++)
            layers.Add(await TakeAsync(built.Layers[i], history.Count == built.Layers.Length ? history[i] : "", planned, baseImage, cancellation).ConfigureAwait(false));
        cache.Trim();
        ImmutableArray<ImageLayer> converted = [.. layers.Select(l => ImageAssembler.Convert(l.Layer, format))];
        var manifest = new ImageManifest(
            format,
            new Descriptor(MediaTypes.Config(format), built.Manifest.Config.Digest, built.ConfigurationBytes.Length),
            [.. converted.Select(l => l.Descriptor)]);
        return new AssembledImage(new Image(manifest, manifest.ToBytes(), built.Configuration, built.ConfigurationBytes, converted), [.. layers.Select(l => l.Known)])
        {
            Base = plan.Base,
            Platform = plan.Platform,
            Version = plan.Version,
        };
    }

    // What a container compiled is not known before; of all else a builder makes the bytes that we would.
    private static Dictionary<Digest, PlannedLayer> PlannedLayers(ImagePlan plan, CancellationToken cancellation)
    {
        var entries = LayerEntries.Read(plan.Layers, cancellation);
        var diffIds = new Digest[entries.Length];
        Cores.For(entries.Length, few: 2, Environment.ProcessorCount, i => diffIds[i] = LayerPacker.DiffId(entries[i], cancellation), cancellation);
        var layers = new Dictionary<Digest, PlannedLayer>();
        for (var i = 0; i < diffIds.Length; i++) layers.TryAdd(diffIds[i], plan.Layers[i]);
        return layers;
    }

    private async Task<(ImageLayer, AssembledLayer)> TakeAsync(
        ImageLayer layer, string createdBy, Dictionary<Digest, PlannedLayer> all, Image? baseImage, CancellationToken cancellation)
    {
        if (baseImage?.Layers.FirstOrDefault(l => l.DiffId == layer.DiffId) is { } own) return (own, new AssembledLayer("base", LayerOutcome.Base, []));
        var planned = all.GetValueOrDefault(layer.DiffId);
        if (planned?.Library is { } library && library.DiffId == layer.DiffId)
            return (new ImageLayer(library.Layer, library.DiffId, libraries(library.Image, library.Layer)), AssembledLayer.Of(planned, LayerOutcome.Library, layer.DiffId));
        var found = cache.Find(layer.DiffId);
        var cached = found is not null && found.Folder.Verify(found.Layer) ? found : await CompressAsync(layer, cancellation).ConfigureAwait(false);
        var outcome = found == cached ? LayerOutcome.Cached : LayerOutcome.Built;
        return (
            new ImageLayer(new Descriptor(MediaTypes.OciLayerGzip, cached.Layer.Digest, cached.Layer.Size), layer.DiffId, new CachedBlob(cached)),
            (planned is null ? new AssembledLayer(BuiltLayerName.Of(createdBy), outcome, []) { Key = layer.DiffId } : AssembledLayer.Of(planned, outcome, layer.DiffId)) with { IsBuilt = true, ThinImage = null });
    }

    private async Task<CachedLayer> CompressAsync(ImageLayer layer, CancellationToken cancellation)
    {
        var content = await layer.Content.OpenAsync(cancellation).ConfigureAwait(false);
        await using var _ = content.ConfigureAwait(false);
        if (layer.Descriptor.MediaType is MediaTypes.OciLayer or MediaTypes.DockerLayer) return cache.Compress(layer.DiffId, content, budget, cancellation);
        // A builder's own compression depends on its version; ours gives the same blob as anywhere else.
        var plain = new GzipReader(content);
        await using var __ = plain.ConfigureAwait(false);
        try
        {
            return cache.Compress(layer.DiffId, plain, budget, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw Diagnostics.NotAnImage.Error(e, "What was built", $"the layer {layer.Descriptor.Digest} cannot be read, {e.Message}");
        }
    }
}

/// <summary>What a person reads of a layer that a builder made of its own: a step, or files that a container compiled.</summary>
internal static class BuiltLayerName
{
    private const int Longest = 40;

    /// <summary>The name, from a line of the history: <c>RUN /bin/sh -c apt-get update # buildkit</c>.</summary>
    public static string Of(string createdBy)
    {
        // COPY --from=publish /image/packages/ / : what a container published has a folder for each kind.
        const string published = " /image/";
        if (createdBy.IndexOf(published, StringComparison.Ordinal) is var at and >= 0 && createdBy[(at + published.Length)..].Split('/') is [var kind, " ", ..]) return kind;
        // A slash would make the terminal logger see a folder.
        var text = createdBy.Replace("# buildkit", "", StringComparison.Ordinal).Replace("/bin/sh -c ", "", StringComparison.Ordinal).Replace('/', ' ').Trim();
        return text.Length == 0 ? "layer" : text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
    }
}
