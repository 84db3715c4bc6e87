using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>A resolution as a file, <c>obj/container/libraries.json</c>: the same resolution is always the same bytes.</summary>
internal static class ResolutionDocument
{
    private const int Version = 1;

    public static LibraryResolution? Read(string path)
    {
        try
        {
            return DocumentReader.Read(File.ReadAllBytes(path), Version, Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public static void Write(LibraryResolution resolution, string path)
    {
        var bytes = Encoding.UTF8.GetBytes(Json.ToText(ToJson(resolution)));
        if (!HasContent(path, bytes)) AtomicFile.Write(path, bytes, durable: false);
    }

    private static JsonObject ToJson(LibraryResolution resolution) => new()
    {
        ["version"] = Version,
        ["libraries"] = new JsonArray([.. resolution.Libraries.OrderBy(l => l.Request.Id.Value, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Request.Asked, StringComparer.Ordinal).Select(ToJson)]),
        ["others"] = Json.ArrayOf(resolution.Others.Select(o => o.Value).Order(StringComparer.OrdinalIgnoreCase)),
    };

    private static JsonNode ToJson(ResolvedLibrary library) => new JsonObject
    {
        ["id"] = library.Request.Id.Value,
        ["asked"] = library.Request.Asked,
        ["version"] = library.Resolved.Version.ToNormalizedString(),
        ["repository"] = library.Resolved.Repository.ToString(),
        ["digest"] = library.Resolved.Digest.ToString(),
        ["hash"] = library.PackageHash,
        ["direct"] = library.IsDirect,
    };

    private static LibraryResolution Read(DocumentReader document)
    {
        var libraries = document.Parts("libraries", ReadLibrary);
        return libraries.DistinctBy(l => l.Request).Count() == libraries.Length
            ? new LibraryResolution(libraries) { Others = [.. document.Ids("others")] }
            : throw new JsonException("it has a range twice");
    }

    private static ResolvedLibrary ReadLibrary(DocumentReader library) => new(
        library.Request("id", "asked"), new ResolvedVersion(library.Version("version"), library.Repository("repository"), library.Digest("digest")),
        library.Text("hash"), library.Flag("direct"));

    private static bool HasContent(string path, byte[] bytes)
    {
        try { return File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }
}

/// <summary>Members of our documents that are values of libraries. All throw <see cref="JsonException"/> where a member is missing or something else.</summary>
internal static class LibraryMembers
{
    public static PackageId Id(this DocumentReader document, string name) => document.Required(name, PackageId.Parse);

    public static NuGetVersion Version(this DocumentReader document, string name) => document.Required(name, ReadVersion);

    public static Digest Digest(this DocumentReader document, string name) => document.Required(name, Oci.Digest.Parse);

    /// <summary>A repository; its folder is absolute.</summary>
    public static ImageRepository Repository(this DocumentReader document, string name) => document.Required(name, ReadRepository);

    /// <summary>A package and a range of its versions.</summary>
    public static LibraryRequest Request(this DocumentReader document, string id, string range) => new(document.Id(id), document.Required(range, ReadRange));

    /// <summary>Ids of packages.</summary>
    public static IEnumerable<PackageId> Ids(this DocumentReader document, string name) =>
        document.Texts(name).Select(text => PackageId.TryParse(text, out var id) ? id : throw new JsonException($"'{text}' is no package id"));

    /// <summary>Reads a repository; its folder is absolute.</summary>
    public static ImageRepository ReadRepository(string text)
    {
        try
        {
            return ImageRepository.ParseName(text, Path.GetTempPath());
        }
        catch (ContainerException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    private static T Required<T>(this DocumentReader document, string name, Func<string, T> parse) where T : class =>
        document.Parsed(name, parse) ?? throw new JsonException($"'{name}' is missing");

    private static NuGetVersion ReadVersion(string text) => NuGetVersion.TryParse(text, out var version) ? version : throw new JsonException($"'{text}' is no version");

    private static VersionRange ReadRange(string text) => LibraryRequest.ReadRange(text) ?? throw new JsonException($"'{text}' is no range of versions");
}
