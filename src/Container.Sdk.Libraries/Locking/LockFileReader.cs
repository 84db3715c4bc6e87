using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>Reads <c>container.lock.json</c>, strictly: people merge it by hand, and what it says decides what is deployed.</summary>
internal static class LockFileReader
{
    /// <summary>Reads the bytes of the file at <paramref name="path"/>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockDamaged"/></exception>
    public static LockFile Read(ReadOnlySpan<byte> bytes, string path)
    {
        // Editors on Windows like to put a byte order mark there.
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        // A file that somebody has put there for the whole repository locks nothing yet.
        if (bytes.Trim(" \t\r\n"u8).IsEmpty) return LockFile.Empty;
        if (ConflictMarks.FirstLine(bytes) is { } line)
            throw Diagnostics.LockDamaged.Error(path, $"it has the marks of a merge conflict in line {line}; resolve it, or delete the file and run UpdateContainerLock");
        try
        {
            return Read(Json.ParseObject(bytes), new LockedPlaces(Path.GetDirectoryName(Path.GetFullPath(path))!));
        }
        catch (JsonException e)
        {
            // The parser's further sentences are for programmers.
            throw Diagnostics.LockDamaged.Error(e, path, e.LineNumber is { } at ? $"line {at + 1} is no JSON: {e.Message.Split(". ")[0]}" : e.Message);
        }
    }

    private static LockFile Read(JsonObject json, LockedPlaces places)
    {
        if (json["version"] is not JsonValue value || !value.TryGetValue<int>(out var version)) throw new JsonException("it has no version number");
        if (version != LockFileJson.Version)
            throw new JsonException($"it is of version {version}, and this Container.Sdk knows version {LockFileJson.Version}; use the one that wrote it");
        OnlyKnown(json, "it", "version", "images", "libraries");
        var file = LockFile.Empty;
        var seen = new HashSet<ImageReference>();
        foreach (var (name, digests) in Entries(json, "images"))
        {
            var image = Part(name, places.ReadImage, name);
            if (!seen.Add(image)) throw new JsonException($"it has '{name}' twice, in two ways to write it");
            file = ReadImage(file, image, name, digests);
        }
        foreach (var (name, entry) in Entries(json, "libraries")) file = ReadLibrary(file, name, entry, places);
        return file;
    }

    private static LockFile ReadImage(LockFile file, ImageReference image, string name, JsonObject digests)
    {
        foreach (var (text, _) in digests)
        {
            var platform = LockedPlatform.Read(text) ?? throw new JsonException($"'{text}' of '{name}' is no platform");
            if (file.DigestOf(image, platform) is not null) throw new JsonException($"'{name}' has the platform '{text}' twice, in two ways to write it");
            file = file.With(image, platform, Part(name, Digest.Parse, digests.GetString(text)));
        }
        return file;
    }

    private static LockFile ReadLibrary(LockFile file, string name, JsonObject entry, LockedPlaces places)
    {
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !PackageId.TryParse(name[..space], out var id) || LibraryRequest.ReadRange(name[(space + 1)..]) is not { } range)
            throw new JsonException($"'{name}' is no package id and range");
        OnlyKnown(entry, $"'{name}'", "image", "version", "digest");
        var request = new LibraryRequest(id, range);
        if (file.Find(request) is not null) throw new JsonException($"it has '{name}' twice, in two ways to write it");
        var text = Required("version");
        if (!Tag.TryParse(text.ToLowerInvariant(), out var tag) || LibraryTag.ToVersion(tag) is not { } version) throw new JsonException($"'{text}' of '{name}' is no version");
        if (!range.Satisfies(version)) throw new JsonException($"'{name}' has version {text}, which is outside of that range");
        return file.With(request, new ResolvedVersion(version, Part(name, places.ReadRepository, Required("image")), Part(name, Digest.Parse, Required("digest"))));

        string Required(string property) => entry.GetString(property) ?? throw new JsonException($"'{name}' has no {property}");
    }

    private static T Part<T>(string entry, Func<string, T> read, string? text)
    {
        try { return read(text ?? ""); }
        catch (ContainerException e) { throw new JsonException($"'{entry}' has a part that cannot be read: {e.Message}", e); }
    }

    private static IEnumerable<(string Name, JsonObject Entry)> Entries(JsonObject json, string section) =>
        json.GetObject(section) is not { } entries ? [] : entries.Select(e => (e.Key, entries.GetObject(e.Key) ?? throw new JsonException($"'{e.Key}' has nothing")));

    // A name that is misspelt would lock nothing, and nobody would know.
    private static void OnlyKnown(JsonObject json, string what, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in json)
            if (!known.Contains(name)) throw new JsonException($"{what} has '{name}', which version {LockFileJson.Version} does not know");
    }
}

/// <summary>What git leaves in a file that it cannot merge.</summary>
internal static class ConflictMarks
{
    /// <summary>The number of the first line that is such a mark; <c>null</c> where there is none. No line of JSON begins so.</summary>
    public static int? FirstLine(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            number++;
            var line = text[range];
            if (line.StartsWith("<<<<<<<"u8) || line.StartsWith("======="u8) || line.StartsWith(">>>>>>>"u8) || line.StartsWith("|||||||"u8)) return number;
        }
        return null;
    }
}

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
