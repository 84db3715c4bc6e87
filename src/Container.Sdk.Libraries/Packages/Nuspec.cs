using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>What a package says of itself. Elements are known by their local names, since NuGet has had many namespaces.</summary>
internal sealed record Nuspec(
    PackageId Id, NuGetVersion Version, ImmutableArray<LibraryDependency> Dependencies, ImmutableArray<ContentFileRule> ContentFiles)
{
    /// <summary>The most bytes that are read.</summary>
    public const int LargestSize = 4 << 20;

    // A DTD can name files of this machine, and grow without end.
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestSize };

    /// <summary>Reads a nuspec.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/></exception>
    public static Nuspec Parse(byte[] xml, string name)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Strict);
            var package = XDocument.Load(reader).Root!;
            var metadata = Child(package, "metadata") ?? throw new FormatException("it has no metadata");
            return new Nuspec(
                ReadId(Text(metadata, "id")), ReadVersion(Text(metadata, "version")),
                [.. ReadDependencies(Child(metadata, "dependencies"))],
                [.. Children(Child(metadata, "contentFiles"), "files").Select(ContentFileRule.Read)]);
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw Diagnostics.DamagedLibrary.Error(e, name, $"its nuspec cannot be read, {e.Message}");
        }
    }

    private static IEnumerable<LibraryDependency> ReadDependencies(XElement? dependencies) =>
        Children(dependencies, "dependency").Select(d => ReadDependency("", d)).Concat(
            from g in Children(dependencies, "group")
            from d in Children(g, "dependency")
            select ReadDependency((string?)g.Attribute("targetFramework") ?? "", d));

    private static LibraryDependency ReadDependency(string framework, XElement dependency)
    {
        var id = ReadId((string?)dependency.Attribute("id"));
        var range = (string?)dependency.Attribute("version");
        if (string.IsNullOrWhiteSpace(range)) return new LibraryDependency(framework, id, VersionRange.All);
        return new LibraryDependency(framework, id, VersionRange.TryParse(range, out var parsed) ? parsed : throw new FormatException($"'{range}' is no range of versions"));
    }

    private static PackageId ReadId(string? text) =>
        PackageId.TryParse(text?.Trim(), out var id) ? id : throw new FormatException($"'{text}' is no package id");

    private static NuGetVersion ReadVersion(string? text) =>
        NuGetVersion.TryParse(text?.Trim(), out var version) ? version : throw new FormatException($"'{text}' is no version");

    private static string? Text(XElement parent, string name) => Child(parent, name)?.Value;

    private static XElement? Child(XElement parent, string name) => Children(parent, name).FirstOrDefault();

    private static IEnumerable<XElement> Children(XElement? parent, string name) => parent?.Elements().Where(e => e.Name.LocalName == name) ?? [];
}
