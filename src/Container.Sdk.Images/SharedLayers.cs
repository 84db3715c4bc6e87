using System.Collections.Concurrent;
using Container.Sdk.Oci;
using Container.Sdk.Planning;

namespace Container.Sdk.Images;

/// <summary>
/// Layers of the repository that keeps one copy of each, by their keys. Who may push there could write any key; so a layer
/// is used only where its diff id is that of the files, which costs hashing and no compression. An engine refuses
/// a layer that is not what its diff id says: nothing wrong gets into a container.
/// </summary>
public static class SharedLayers
{
    private const int AtOnce = 8;
    private const string TagPrefix = "layer-";

    /// <summary>The tag under which the layer of a key is kept. No parser of versions accepts it.</summary>
    public static Tag TagOf(Digest key) => Tag.Parse(TagPrefix + key.Hex[..32]);

    /// <summary>Asks for the images of all keys, several at a time.</summary>
    /// <returns>Those that are there.</returns>
    internal static async Task<IReadOnlyDictionary<Digest, Image>> FindAsync(ILayerStore store, IEnumerable<Digest> keys, CancellationToken cancellation)
    {
        var found = new ConcurrentDictionary<Digest, Image>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(keys.Distinct(), options, async (key, c) =>
        {
            if (await store.FindAsync(key, c).ConfigureAwait(false) is { } image) found[key] = image;
        }).ConfigureAwait(false);
        return found;
    }

    /// <summary>The layer of an image that was found for a key; <c>null</c> where the image says another key, or claims other content.</summary>
    /// <param name="image">The image.</param>
    /// <param name="key">The key.</param>
    /// <param name="format">The format that is wanted.</param>
    /// <param name="diffId">Computes the diff id of the files; called only where all else is right.</param>
    public static ImageLayer? Judge(Image image, Digest key, ImageFormat format, Func<Digest> diffId) =>
        LayerTakeover.ByKey(image, format).TryGetValue(key.ToString(), out var layer) && layer.DiffId == diffId() ? layer : null;
}

/// <summary>
/// The repository that keeps one copy of every layer (<c>ContainerLayerRepository</c>), to look into by key. It may answer
/// whatever it likes: <see cref="SharedLayers"/> judges the answer.
/// </summary>
public interface ILayerStore
{
    /// <summary>The image that is kept for a key, or <c>null</c>; no layer is fetched. Several are asked for at once.</summary>
    /// <remarks>It does not fail: what cannot be read is not there.</remarks>
    Task<Image?> FindAsync(Digest key, CancellationToken cancellation);

    /// <summary>A layer of the repository. Nothing is asked before it is opened.</summary>
    IBlob Blob(Descriptor layer);
}

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
