using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

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
