using System.Collections.Immutable;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>The built-in back end: from a plan to an image, with no engine.</summary>
/// <param name="cache">Where layers are found and put.</param>
/// <param name="budget">How much is packed at once.</param>
/// <param name="reporter">Told about long work.</param>
/// <param name="libraries">Where the bytes of a library image's layer can be had.</param>
/// <param name="store">The repository that keeps one copy of every layer, or <c>null</c>.</param>
public sealed class ImageAssembler(
    LayerCache cache, PackingBudget budget, IReporter reporter, Func<ImageReference, Descriptor, IBlob> libraries, ILayerStore? store = null)
{
    private readonly LayerMaking _layers = new(cache, budget, reporter, libraries, store);

    /// <summary>Assembles the image.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="baseImage">The base; <c>null</c> for <c>scratch</c>.</param>
    /// <param name="present">The image that the destination's tag has now, or <c>null</c>: its layers are taken over by their keys.</param>
    /// <param name="requiredFormat">The only format that the destination takes, or <c>null</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<AssembledImage> AssembleAsync(
        ImagePlan plan, Image? baseImage, Image? present, ImageFormat? requiredFormat, CancellationToken cancellation)
    {
        var format = FormatOf(plan, baseImage, requiredFormat);
        var baseLayers = (baseImage?.Layers ?? []).Select(l => Convert(l, format)).ToList();
        var made = await _layers.MakeAsync(plan, present, format, cancellation).ConfigureAwait(false);

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
            .. baseLayers.Select(_ => new AssembledLayer("base", LayerOutcome.Base, [])),
            .. made.Select((m, i) => AssembledLayer.Of(plan.Layers[i], m.Outcome, m.Key)),
        ])
        {
            Base = plan.Base,
            Platform = plan.Platform,
            Version = plan.Version,
        };
    }

    /// <summary>The format of the image: the one that the destination takes, else the one that is asked for, else the base's.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.Contradiction"/></exception>
    internal static ImageFormat FormatOf(ImagePlan plan, Image? baseImage, ImageFormat? requiredFormat) =>
        requiredFormat is not null && plan.Format is not null && plan.Format != requiredFormat
            ? throw Diagnostics.Contradiction.Error($"ContainerImageFormat={plan.Format}", "the destination", $"it takes the format {requiredFormat} only")
            : requiredFormat ?? plan.Format ?? baseImage?.Manifest.Format ?? ImageFormat.Oci;

    /// <summary>A layer in another format.</summary>
    internal static ImageLayer Convert(ImageLayer layer, ImageFormat format)
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
}
