using System.Formats.Tar;
using System.Text.RegularExpressions;

namespace Container.Sdk.Testing;

/// <summary>What is in the layers that we put on top of a base.</summary>
public static partial class LayerFacts
{
    /// <summary>Our own layers, from the bottom: the name, without the number of files and what follows it, and the files in it.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Files)> Of(Image image)
    {
        var names = LayoutImages.OwnLayers(image);
        return [.. names.Zip(image.Layers.TakeLast(names.Count), (name, layer) => (NameOnly().Match(name).Groups[1].Value, FilesIn(layer)))];
    }

    /// <summary>The files in our layer of that name.</summary>
    public static IReadOnlyList<string> FilesOf(Image image, string layer) => Of(image).Single(l => l.Name == layer).Files;

    private static IReadOnlyList<string> FilesIn(ImageLayer layer) =>
        [.. LayoutImages.Entries(layer).Where(e => e.EntryType != TarEntryType.Directory).Select(e => e.Name)];

    // "small packages (2), 3 files: Own.A 1.0.0, Own.B 1.0.0"
    [GeneratedRegex("^(.*?), [0-9]+ files?(:|$)")]
    private static partial Regex NameOnly();
}
