using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>
/// Takes over an image that an engine built. Its configuration stays as it is; a layer that is known by the digest of its uncompressed
/// bytes (the base's, a library image's, one that was there before) is that very blob, so that it is sent to nobody who has it.
/// </summary>
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
        if (requiredFormat is not null && plan.Format is not null && plan.Format != requiredFormat)
            throw Diagnostics.Contradiction.Error($"ContainerImageFormat={plan.Format}", "the destination", $"it takes the format {requiredFormat} only");
        var format = requiredFormat ?? plan.Format ?? baseImage?.Manifest.Format ?? ImageFormat.Oci;
        var names = built.Configuration.LayerHistory;
        var layers = new List<(ImageLayer Layer, LayerSummary Summary)>();
        for (var i = 0; i < built.Layers.Length; i++)
            layers.Add(await TakeAsync(built.Layers[i], names.Count == built.Layers.Length ? names[i] : "", plan, baseImage, cancellation).ConfigureAwait(false));
        cache.Trim();
        ImmutableArray<ImageLayer> converted = [.. layers.Select(l => ImageAssembler.Convert(l.Layer, format))];
        var manifest = new ImageManifest(
            format,
            new Descriptor(MediaTypes.Config(format), built.Manifest.Config.Digest, built.ConfigurationBytes.Length),
            [.. converted.Select(l => l.Descriptor)]);
        return new AssembledImage(new Image(manifest, manifest.ToBytes(), built.Configuration, built.ConfigurationBytes, converted), [.. layers.Select(l => l.Summary)]) { IsBuilt = true };
    }

    private async Task<(ImageLayer, LayerSummary)> TakeAsync(ImageLayer layer, string createdBy, ImagePlan plan, Image? baseImage, CancellationToken cancellation)
    {
        if (baseImage?.Layers.FirstOrDefault(l => l.DiffId == layer.DiffId) is { } own) return (own, new LayerSummary("base", LayerOutcome.Base, []));
        if (plan.Layers.FirstOrDefault(l => l.Library?.DiffId == layer.DiffId) is { Library: { } library } shared)
            return (new ImageLayer(library.Layer, library.DiffId, libraries(library.Image, library.Layer)), new LayerSummary(shared.Name, LayerOutcome.Library, shared.Components) { Key = layer.DiffId, Library = library.Image });
        var planned = plan.Layers.Where((_, i) => createdBy.Contains($"/{ImageDockerfile.FolderOf(plan, i)}.", StringComparison.Ordinal)).FirstOrDefault();
        var found = cache.Find(layer.DiffId);
        var cached = found is not null && found.Folder.Verify(found.Layer) ? found : await CompressAsync(layer, cancellation).ConfigureAwait(false);
        return (
            new ImageLayer(new Descriptor(MediaTypes.OciLayerGzip, cached.Layer.Digest, cached.Layer.Size), layer.DiffId, new CachedBlob(cached)),
            new LayerSummary(planned?.Name ?? NameOf(createdBy), found == cached ? LayerOutcome.Cached : LayerOutcome.Built, planned?.Components ?? [])
            {
                Key = layer.DiffId,
                OwnBecause = planned?.NotShared ?? planned?.Library?.IfDifferent,
            });
    }

    private async Task<CachedLayer> CompressAsync(ImageLayer layer, CancellationToken cancellation)
    {
        var content = await layer.Content.OpenAsync(cancellation).ConfigureAwait(false);
        await using var _ = content.ConfigureAwait(false);
        if (layer.Descriptor.MediaType is MediaTypes.OciLayer or MediaTypes.DockerLayer) return cache.Compress(layer.DiffId, content, budget, cancellation);
        // A builder's own compression depends on its version; ours gives the same blob as anywhere else.
        var plain = new GzipReader(content);
        await using var __ = plain.ConfigureAwait(false);
        return cache.Compress(layer.DiffId, plain, budget, cancellation);
    }

    // What a builder writes into the history: "RUN /bin/sh -c apt-get update # buildkit". A slash would make the terminal logger see a folder.
    private static string NameOf(string createdBy)
    {
        // What was published in a container has a folder for each kind.
        if (StagedPlan.Folders.FirstOrDefault(f => createdBy.Contains($"/image/{f}/ /", StringComparison.Ordinal)) is { } kind) return kind;
        var text = createdBy.Replace("# buildkit", "", StringComparison.Ordinal).Replace("/bin/sh -c ", "", StringComparison.Ordinal).Replace('/', ' ').Trim();
        return text.Length == 0 ? "layer" : text.Length > 40 ? string.Concat(text.AsSpan(0, 40), "…") : text;
    }
}
