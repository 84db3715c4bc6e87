using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Testing;

/// <summary>What is in an image, by name.</summary>
public static class ImageContents
{
    /// <summary>The names of our own layers, from the bottom: what the history says of them, without the number of files.</summary>
    public static IReadOnlyList<string> LayerNames(this Image image) => [.. LayoutImages.OwnLayers(image).Select(l => l.Split(", ")[0])];

    /// <summary>The names of the files in one of our own layers.</summary>
    public static IReadOnlyList<string> FilesOf(this Image image, string layer)
    {
        var names = image.LayerNames().ToList();
        Assert.Contains(layer, names, $"There is no layer '{layer}' among {string.Join(", ", names)}.");
        return [.. LayoutImages.Entries(image.Layers[^(names.Count - names.IndexOf(layer))]).Where(e => e.EntryType != TarEntryType.Directory).Select(e => e.Name)];
    }

    /// <summary>An entry of our own layers.</summary>
    public static TarEntry Entry(this Image image, string path) =>
        LayoutImages.OwnEntries(image).SingleOrDefault(e => e.Name == path) ?? throw new AssertFailedException($"There is no {path} among {string.Join(", ", LayoutImages.OwnFiles(image))}.");

    /// <summary>The bytes of a file of our own layers.</summary>
    public static byte[] Bytes(this Image image, string path)
    {
        using var bytes = new MemoryStream();
        image.Entry(path).DataStream?.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Whether an assembly of our own layers has a string literal.</summary>
    public static bool Says(this Image image, string assembly, string literal) =>
        image.Bytes(assembly).AsSpan().IndexOf(Encoding.Unicode.GetBytes(literal)) >= 0;

    /// <summary>The whole configuration, as it is stored.</summary>
    public static JsonObject Document(this Image image) => JsonNode.Parse(image.ConfigurationBytes)!.AsObject();
}
