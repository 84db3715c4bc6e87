using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Container.Sdk.Libraries;

/// <summary>
/// The text of <c>container.lock.json</c>: a line for each entry, sorted, so that a change of one is a change of one line, and
/// branches that add different ones can be merged.
/// </summary>
internal static class LockFileJson
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    /// <summary>The bytes of a file that lies in <paramref name="folder"/>.</summary>
    public static byte[] Write(LockFile file, string folder)
    {
        var places = new LockedPlaces(folder);
        var images = file.Images.GroupBy(i => i.Key.Image).Select(g => Entry(
            places.Write(g.Key),
            g.OrderBy(i => i.Key.Platform, StringComparer.Ordinal).Select(i => (i.Key.Platform, i.Value.ToString()))));
        var libraries = file.Libraries.Select(l => Entry(
            l.Key.ToString(),
            [("image", places.Write(l.Value.Repository)), ("version", l.Value.Version.ToNormalizedString()), ("digest", l.Value.Digest.ToString())]));
        return Encoding.UTF8.GetBytes($"{{\n  \"version\": {Version},\n  \"images\": {Section(images)},\n  \"libraries\": {Section(libraries)}\n}}\n");
    }

    private static string Section(IEnumerable<(string Name, string Line)> entries)
    {
        var lines = entries.OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => $"    {e.Line}").ToList();
        return lines.Count == 0 ? "{}" : $"{{\n{string.Join(",\n", lines)}\n  }}";
    }

    private static (string Name, string Line) Entry(string name, IEnumerable<(string Name, string Value)> values) =>
        (name, $"{Quoted(name)}: {{ {string.Join(", ", values.Select(v => $"{Quoted(v.Name)}: {Quoted(v.Value)}"))} }}");

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
