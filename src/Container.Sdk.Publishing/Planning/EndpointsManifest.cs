using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>
/// The endpoints of static web assets. Each has a <c>Last-Modified</c> header with the time of a file on the build
/// machine, which makes every build another image; the image has a fixed time instead. (The <c>ETag</c> comes from
/// the content, and stays.)
/// </summary>
internal static class EndpointsManifest
{
    private const string FixedTime = "Tue, 01 Jan 1980 00:00:00 GMT";

    public static bool IsOne(string path) => path.EndsWith(".staticwebassets.endpoints.json", StringComparison.Ordinal);

    /// <summary>Writes a copy with fixed times.</summary>
    /// <returns>The copy; the file itself where it cannot be understood.</returns>
    public static string Normalize(string source, string copy)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllBytes(source))!.AsObject();
            foreach (var endpoint in json["Endpoints"]!.AsArray())
                foreach (var header in endpoint!["ResponseHeaders"]!.AsArray())
                    if (header!["Name"]!.GetValue<string>() == "Last-Modified") header["Value"] = FixedTime;
            AtomicFile.Write(copy, Json.ToBytes(json), durable: false);
            return copy;
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException)
        {
            return source;
        }
    }
}
