using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>A NuGet package: what it says of itself, and what is in it.</summary>
/// <param name="Id">The id, as it was packed.</param>
/// <param name="Version">The version.</param>
/// <param name="Dependencies">The dependencies of all frameworks.</param>
/// <param name="Files">All files, those of the packaging too.</param>
public sealed record NuGetPackage(PackageId Id, NuGetVersion Version, ImmutableArray<LibraryDependency> Dependencies, ImmutableArray<PackageFile> Files)
{
    private const string NuspecExtension = ".nuspec";

    /// <summary>What the nuspec says of content files, in its order.</summary>
    internal ImmutableArray<ContentFileRule> ContentFiles { get; init; } = [];

    /// <summary>Reads a package that may be made to harm; nothing is written.</summary>
    /// <param name="path">The <c>.nupkg</c> file.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/></exception>
    public static NuGetPackage Read(string path, string name)
    {
        using var archive = PackageArchive.Open(path, name);
        var nuspecs = archive.Files.Where(f => IsNuspec(f.Path)).ToList();
        if (nuspecs.Count != 1) throw Diagnostics.DamagedLibrary.Error(name, $"its package has {nuspecs.Count} nuspec files at its root, and must have one");
        var nuspec = Nuspec.Parse(archive.Read(nuspecs[0], Nuspec.LargestSize), name);
        return new NuGetPackage(nuspec.Id, nuspec.Version, nuspec.Dependencies, archive.Files) { ContentFiles = nuspec.ContentFiles };
    }

    /// <summary>The package's id and version, for people.</summary>
    public override string ToString() => $"{Id} {Version.ToNormalizedString()}";

    internal static bool IsNuspec(string path) => path.EndsWith(NuspecExtension, StringComparison.OrdinalIgnoreCase) && !path.Contains('/', StringComparison.Ordinal);
}

/// <summary>A package that another one needs.</summary>
/// <param name="Framework">The framework that needs it, as written; empty: all of them.</param>
/// <param name="Id">Its id.</param>
/// <param name="Range">The versions that will do.</param>
public sealed record LibraryDependency(string Framework, PackageId Id, VersionRange Range);

/// <summary>A file in a package.</summary>
/// <param name="Path">Its path in the package, unescaped.</param>
/// <param name="Length">Bytes.</param>
public sealed record PackageFile(string Path, long Length);

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
