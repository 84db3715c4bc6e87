using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

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
