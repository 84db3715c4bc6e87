using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>One layer as an image of its own, <c>FROM scratch</c>: a place from which every app mounts it, and copies it.</summary>
public static class ThinImage
{
    // A thin image is a function of its layer; whose build makes it, and when, must not show.
    private const string Created = "1980-01-01T00:00:00Z";

    /// <summary>The image of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="key">Its key, which the image says in both places that are known for it.</param>
    /// <param name="title">What is in it.</param>
    /// <param name="createdBy">What its history says.</param>
    public static Image Of(ImageLayer layer, Digest key, string title, string createdBy)
    {
        var descriptor = layer.Descriptor with { MediaType = MediaTypes.Layer(layer.Descriptor.MediaType, ImageFormat.Oci)!, Annotations = Descriptor.NoAnnotations.Add(LayerKeys.Annotation, key.ToString()) };
        var configuration = ImageConfiguration.Empty(new Platform("linux", "amd64")).With(new ConfigurationChanges
        {
            Created = Created,
            Labels = new Dictionary<string, string> { [LayerKeys.Label] = key.ToString(), ["org.opencontainers.image.title"] = title },
            Layers = [(layer.DiffId, createdBy)],
        });
        var bytes = configuration.ToBytes();
        var manifest = new ImageManifest(ImageFormat.Oci, new Descriptor(MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length), [descriptor]);
        return new Image(manifest, manifest.ToBytes(), configuration, bytes, [layer with { Descriptor = descriptor }]);
    }
}
