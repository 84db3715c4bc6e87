using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;

namespace Container.Sdk.Testing;

/// <summary>Reads images that were made, and looks at them with the project's validator and the runtime's tar reader.</summary>
public static class LayoutImages
{
    private static readonly ConcurrentDictionary<(Digest Blob, Digest DiffId), bool> Valid = new();

    /// <summary>The image under a name in a registry in a folder; it is validated as a whole.</summary>
    public static Image Read(string folder, string name)
    {
        var image = new LayoutImageSource(new LayoutReference(folder, name, null)).ResolveAsync(new Platform("linux", "amd64"), default).GetAwaiter().GetResult();
        IsValid(image);
        return image;
    }

    /// <summary>
    /// Fails where an image is not valid as a whole. A layer that was looked at once, as most of the bases' were, is only read: its bytes
    /// are what its digest says.
    /// </summary>
    public static void IsValid(Image image)
    {
        var known = image.Layers.Where(l => Valid.ContainsKey((l.Descriptor.Digest, l.DiffId))).ToList();
        foreach (var layer in known)
        {
            using var verified = new VerifiedStream(layer.Content.OpenAsync(default).GetAwaiter().GetResult(), layer.Descriptor, $"layer {layer.Descriptor.Digest}");
            verified.CopyTo(Stream.Null);
        }
        var rest = image with { Layers = [.. image.Layers.Except(known)] };
        Assert.AreEqual("", string.Join("; ", ImageValidator.ValidateAsync(rest, default).GetAwaiter().GetResult()));
        foreach (var layer in rest.Layers) Valid[(layer.Descriptor.Digest, layer.DiffId)] = true;
    }

    /// <summary>What the history says of our own layers, from the bottom, without the prefix.</summary>
    public static IReadOnlyList<string> OwnLayers(Image image) =>
        [.. image.Configuration.LayerHistory.Where(h => h.StartsWith("Container.Sdk: ", StringComparison.Ordinal)).Select(h => h["Container.Sdk: ".Length..])];

    /// <summary>The entries of a layer, in their order, read by the runtime's own reader.</summary>
    public static IReadOnlyList<TarEntry> Entries(ImageLayer layer)
    {
        using var blob = layer.Content.OpenAsync(default).GetAwaiter().GetResult();
        using var gzip = new GZipStream(blob, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        plain.Position = 0;
        using var reader = new TarReader(plain);
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry(copyData: true) is { } entry) entries.Add(entry);
        return entries;
    }

    /// <summary>The entries of all our own layers.</summary>
    public static IReadOnlyList<TarEntry> OwnEntries(Image image) => [.. image.Layers.TakeLast(OwnLayers(image).Count).SelectMany(Entries)];

    /// <summary>The names of the files and links in all our own layers, without directories.</summary>
    public static IReadOnlyList<string> OwnFiles(Image image) =>
        [.. OwnEntries(image).Where(e => e.EntryType != TarEntryType.Directory).Select(e => e.Name).Order(StringComparer.Ordinal)];
}
