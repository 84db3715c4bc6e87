using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Publishing;

/// <summary>Values that several documents have.</summary>
internal static class PlatformDocument
{
    public static JsonObject Write(Platform platform) => new()
    {
        ["os"] = platform.Os,
        ["architecture"] = platform.Architecture,
        ["variant"] = platform.Variant,
        ["os.version"] = platform.OsVersion,
    };

    public static Platform Read(DocumentReader r) => new(r.Text("os"), r.Text("architecture"), r.TextOrNull("variant"), r.TextOrNull("os.version"));

    /// <summary>An image; its folders are absolute.</summary>
    public static ImageReference Reference(this DocumentReader r, string name) => r.ReferenceOrNull(name) ?? throw new System.Text.Json.JsonException($"'{name}' is missing");

    /// <summary>An image, or <c>null</c>.</summary>
    public static ImageReference? ReferenceOrNull(this DocumentReader r, string name) => r.Parsed(name, text => ImageReference.Parse(text, Path.GetTempPath()));
}
