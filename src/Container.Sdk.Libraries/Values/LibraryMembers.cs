using System.Text.Json;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

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
