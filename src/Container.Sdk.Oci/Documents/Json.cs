using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Container.Sdk.Oci;

/// <summary>How the documents of images are read and written: strictly in, always the same bytes out.</summary>
public static class Json
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Reads an object. Duplicate names, which two readers understand differently, are refused (CVE-2021-41190).</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static JsonObject ParseObject(ReadOnlySpan<byte> utf8)
    {
        // The reader checks strings only when they are asked for, and then throws something else.
        if (!Utf8.IsValid(utf8)) throw new JsonException("it is no UTF-8 text");
        try
        {
            var node = JsonNode.Parse(utf8, documentOptions: Strict);
            var json = node as JsonObject ?? throw new JsonException("it is no JSON object");
            _ = json.Count; // Now the names are read; one that is no text throws here, and not later.
            return json;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new JsonException(e.Message);
        }
    }

    /// <summary>Compact UTF-8 bytes, properties in their present order.</summary>
    public static byte[] ToBytes(JsonNode node) => Write(node, indented: false);

    /// <summary>Indented text for people.</summary>
    public static string ToText(JsonNode node) => System.Text.Encoding.UTF8.GetString(Write(node, indented: true)) + "\n";

    // The writer itself, without JsonSerializer: that takes longer to start than all of our documents to write.
    private static byte[] Write(JsonNode node, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = indented, NewLine = "\n" }))
            node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The string under <paramref name="name"/>, or <c>null</c>.</summary>
    /// <exception cref="JsonException">There is something else.</exception>
    public static string? GetString(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when Text(value) is { } text => text,
        _ => throw new JsonException($"'{name}' is no string"),
    };

    /// <summary>The object under <paramref name="name"/>, or <c>null</c>.</summary>
    /// <exception cref="JsonException">There is something else.</exception>
    public static JsonObject? GetObject(this JsonObject json, string name) =>
        json[name] is null ? null : json[name] as JsonObject ?? throw new JsonException($"'{name}' is no object");

    /// <summary>The array under <paramref name="name"/>, or <c>null</c>.</summary>
    /// <exception cref="JsonException">There is something else.</exception>
    public static JsonArray? GetArray(this JsonObject json, string name) =>
        json[name] is null ? null : json[name] as JsonArray ?? throw new JsonException($"'{name}' is no array");

    /// <summary>The strings of the array under <paramref name="name"/>; empty where there is none.</summary>
    /// <exception cref="JsonException">There is something else.</exception>
    public static IReadOnlyList<string> GetStrings(this JsonObject json, string name) =>
        json.GetArray(name)?.Select(n => n is JsonValue v && Text(v) is { } s ? s : throw new JsonException($"'{name}' has something else than strings")).ToList() ?? [];

    // A string may be half of a pair of surrogates; that is found only when it is asked for.
    private static string? Text(JsonValue value)
    {
        try
        {
            return value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message);
        }
    }

    /// <summary>An array of strings.</summary>
    public static JsonArray ArrayOf(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);
}
