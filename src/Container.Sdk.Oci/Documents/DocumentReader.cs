using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>
/// Reads a document of ours, strictly: a member that is missing, is something else, or that nobody knows is refused. (Not by
/// JsonSerializer, whose start takes longer than reading all of our documents.)
/// </summary>
public sealed class DocumentReader
{
    private const string Version = "version";

    private readonly JsonObject _json;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private DocumentReader(JsonObject json) => _json = json;

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="version">The number that its member <c>version</c> must have.</param>
    /// <param name="read">Reads all of its members.</param>
    /// <exception cref="JsonException">It is no such document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, int version, Func<DocumentReader, T> read)
    {
        var json = Json.ParseObject(utf8);
        if (json[Version] is not JsonValue number || !number.TryGetValue<int>(out var found) || found != version) throw new JsonException("it is of another version");
        return Read(json, r =>
        {
            r._known.Add(Version);
            return read(r);
        });
    }

    /// <summary>A string.</summary>
    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    /// <summary>A string, or <c>null</c> where it is <c>null</c> or missing.</summary>
    public string? TextOrNull(string name) => _json.GetString(Know(name));

    /// <summary>A boolean.</summary>
    public bool Flag(string name) => Value<bool>(name, "true or false");

    /// <summary>A whole number.</summary>
    public long Number(string name) => Value<long>(name, "a whole number");

    /// <summary>A whole number, or <c>null</c>.</summary>
    public long? NumberOrNull(string name) => _json[Know(name)] is null ? null : Number(name);

    /// <summary>The name of a value of an enumeration.</summary>
    public T Choice<T>(string name) where T : struct, Enum => ChoiceOrNull<T>(name) ?? throw Missing(name);

    /// <summary>The name of a value of an enumeration, or <c>null</c>.</summary>
    public T? ChoiceOrNull<T>(string name) where T : struct, Enum =>
        TextOrNull(name) is not { } text ? null
        : Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value
        : throw new JsonException($"'{name}' is '{text}', which nobody knows");

    /// <summary>A text that something else is written as, or <c>null</c>.</summary>
    /// <param name="name">The member.</param>
    /// <param name="parse">Reads the text; it throws a <see cref="ContainerException"/> where it cannot.</param>
    public T? Parsed<T>(string name, Func<string, T> parse) where T : class
    {
        try
        {
            return TextOrNull(name) is { } text ? parse(text) : null;
        }
        catch (ContainerException e)
        {
            throw new JsonException($"'{name}': {e.Message}", e);
        }
    }

    /// <summary>Strings.</summary>
    public ImmutableArray<string> Texts(string name) => [.. _json.GetStrings(Know(name))];

    /// <summary>An object.</summary>
    public T Part<T>(string name, Func<DocumentReader, T> read) where T : class => PartOrNull(name, read) ?? throw Missing(name);

    /// <summary>An object, or <c>null</c>.</summary>
    public T? PartOrNull<T>(string name, Func<DocumentReader, T> read) where T : class => _json.GetObject(Know(name)) is { } json ? Read(json, read) : null;

    /// <summary>Objects.</summary>
    public ImmutableArray<T> Parts<T>(string name, Func<DocumentReader, T> read) =>
        [.. (_json.GetArray(Know(name)) ?? throw Missing(name)).Select(n => Read(n as JsonObject ?? throw new JsonException($"'{name}' has something else than objects"), read))];

    /// <summary>Names with values, as <see cref="Pairs(IEnumerable{KeyValuePair{string, string}})"/> writes them.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Pairs(string name) => Parts(name, p => KeyValuePair.Create(p.Text("name"), p.Text("value")));

    /// <summary>Names with values: an array, since a name may come twice and their order counts.</summary>
    public static JsonArray Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new([.. pairs.Select(p => (JsonNode)new JsonObject { ["name"] = p.Key, ["value"] = p.Value })]);

    /// <summary>The JSON that a member has, for documents of others within ours.</summary>
    public JsonObject Raw(string name) => RawOrNull(name) ?? throw Missing(name);

    /// <summary>The JSON that a member has, or <c>null</c>.</summary>
    public JsonObject? RawOrNull(string name) => _json.GetObject(Know(name));

    private static T Read<T>(JsonObject json, Func<DocumentReader, T> read)
    {
        var reader = new DocumentReader(json);
        var value = read(reader);
        foreach (var (name, _) in json)
            if (!reader._known.Contains(name)) throw new JsonException($"nobody knows '{name}'");
        return value;
    }

    private T Value<T>(string name, string what) => _json[Know(name)] is JsonValue value && value.TryGetValue<T>(out var found) ? found : throw new JsonException($"'{name}' is not {what}");

    private string Know(string name)
    {
        _known.Add(name);
        return name;
    }

    private static JsonException Missing(string name) => new($"'{name}' is missing");
}
