using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Container.Sdk.Testing;

/// <summary>What a container of an image sees, put together from its layers: for comparing images that were made in different ways.</summary>
public static class ImageTree
{
    private static readonly string[] Settings = ["Env", "Entrypoint", "Cmd", "User", "WorkingDir", "ExposedPorts", "Volumes", "Labels"];

    /// <summary>Every entry above a base, a line each: path, type, mode, owner, time, and what is in it or where it leads.</summary>
    /// <param name="image">The image.</param>
    /// <param name="layers">How many layers are the base's.</param>
    public static IReadOnlyList<string> Of(Image image, int layers)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in image.Layers.Skip(layers).SelectMany(LayoutImages.Entries))
            entries[entry.Name.TrimEnd('/')] = $"{entry.EntryType} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.ModificationTime.ToUnixTimeSeconds()} {entry.LinkName}{Content(entry)}";
        return [.. entries.Select(e => $"{e.Key} {e.Value}")];
    }

    /// <summary>The settings of the configuration, a line each, in one order. A label that says nothing is none: a Dockerfile can take away no label of its base.</summary>
    public static IReadOnlyList<string> SettingsOf(Image image)
    {
        var config = image.Document()["config"]!.AsObject();
        return [.. Settings.Select(name => $"{name}: {Sorted(config[name])}")];
    }

    private static string Content(TarEntry entry) => entry.DataStream is { } stream ? Convert.ToHexStringLower(SHA256.HashData(stream)) : "";

    private static string Sorted(JsonNode? node) => node is JsonObject map ? string.Join(", ", map.Where(p => p.Value?.ToString() != "").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")) : node?.ToJsonString() ?? "";
}
