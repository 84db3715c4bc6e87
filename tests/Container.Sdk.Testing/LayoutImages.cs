using System.Formats.Tar;
using System.IO.Compression;

namespace Container.Sdk.Testing;

/// <summary>Reads images that were made, and looks at them with the project's validator and the runtime's tar reader.</summary>
public static class LayoutImages
{
    /// <summary>The image under a name in a registry in a folder; it is validated as a whole.</summary>
    public static Image Read(string folder, string name)
    {
        var image = new LayoutImageSource(new LayoutReference(folder, name, null)).ResolveAsync(new Platform("linux", "amd64"), default).GetAwaiter().GetResult();
        Assert.AreEqual("", string.Join("; ", ImageValidator.ValidateAsync(image, default).GetAwaiter().GetResult()));
        return image;
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
