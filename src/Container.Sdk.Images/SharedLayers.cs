using System.Collections.Concurrent;
using Container.Sdk.Oci;

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
