using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>What the body of a refusal says: the specification's code, and a text for people.</summary>
/// <param name="Code">For example <c>MANIFEST_UNKNOWN</c>; empty where there is none.</param>
/// <param name="Text">The text; never empty.</param>
internal sealed record ErrorBody(string Code, string Text)
{
    private const int Limit = 64 << 10;

    /// <summary>Reads the body of an answer, in whatever form it is; a body that cannot be read is none.</summary>
    public static async Task<ErrorBody> ReadAsync(HttpResponseMessage response, TimeSpan idle, CancellationToken cancellation)
    {
        // distribution 2.8 promises more bytes in a 416 than it sends.
        if ((int)response.StatusCode == 416) return None(response);
        try
        {
            var stream = IdleStream.Open(response, idle);
            var bytes = await stream.ReadAllAsync(Limit, cancellation).ConfigureAwait(false);
            return bytes is null ? None(response) : Parse(bytes, response);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return None(response);
        }
    }

    private static ErrorBody Parse(byte[] bytes, HttpResponseMessage response)
    {
        try
        {
            var json = Json.ParseObject(bytes);
            var (code, text) = json["errors"] is JsonArray { Count: > 0 } errors && errors[0] is JsonObject first
                ? (TextOf(first, "code"), TextOf(first, "message"))
                // Token services have forms of their own: docker's, OAuth's, and others.
                : (TextOf(json, "error"), TextOf(json, "error_description") ?? TextOf(json, "details") ?? TextOf(json, "message"));
            return new ErrorBody(Clip(code ?? "", 64), Clip(text ?? code ?? None(response).Text, 400));
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(bytes).Trim();
            return text.Length == 0 || text[0] is '<' or '{' ? None(response) : None(response) with { Text = Clip(text.Split('\n')[0], 200) };
        }
    }

    private static string? TextOf(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text.TrimEnd('.', '\n') : null;

    // One line: a line of its own in a log can be a command to a build server.
    private static string Clip(string text, int length) => Diagnostic.Printable(text.Length > length ? text[..length] : text).Replace('\n', ' ');

    private static ErrorBody None(HttpResponseMessage response) => new("", response.ReasonPhrase is { Length: > 0 } reason ? reason : "no reason is given");
}
