using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Container.Sdk.Libraries;

/// <summary>
/// The <c>ContainerLibrarySource</c> items as they are written. To MSBuild <c>Acme.*</c> is a pattern of file names: the item
/// becomes those files, or nothing. So items with one star are read from the text of the files that have them;
/// <c>Acme.**</c> is no pattern of files, and arrives as it is.
/// </summary>
public static partial class LibrarySourceItems
{
    private const string Name = "ContainerLibrarySource";

    /// <summary>Reads them.</summary>
    /// <param name="evaluated">The items as MSBuild has them.</param>
    /// <param name="files">The files that may have such items. One that is no XML has none: MSBuild has read it, and whatever is wrong now is reported by those who need it.</param>
    /// <param name="properties">The properties that items with one star may use. MSBuild's names are the same in every case.</param>
    /// <returns>The items of MSBuild, without what patterns became, and then those with one star, as they are written.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidLibrarySource"/>: one with one star has a condition, or uses another property.</exception>
    public static ImmutableArray<LibrarySourceItem> Read(IEnumerable<EvaluatedSource> evaluated, IEnumerable<ProjectText> files, IReadOnlyDictionary<string, string> properties)
    {
        var items = evaluated.ToList();
        var written = new List<LibrarySourceItem>();
        foreach (var file in files.DistinctBy(f => f.File))
        {
            var elements = Elements(file.Xml);
            var patterns = elements.Where(HasPattern).Select(e => ReadItem(e, file.File, properties)).ToList();
            var literal = elements.Where(e => !HasPattern(e)).Select(Include).ToHashSet(StringComparer.Ordinal);
            items.RemoveAll(i => i.DefiningFile == file.File && i.IsFile && !literal.Contains(i.Item.Pattern) && patterns.Exists(p => Became(p.Pattern, i.Item.Pattern)));
            written.AddRange(patterns);
        }
        return [.. items.Select(WithFolder), .. written];
    }

    private static List<XElement> Elements(string xml)
    {
        try
        {
            return [.. XDocument.Parse(xml).Descendants().Where(e => e.Name.LocalName == Name)];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static string Include(XElement element) => element.Attribute("Include")?.Value ?? "";

    private static bool HasPattern(XElement element) => Include(element).Replace("**", "", StringComparison.Ordinal).Contains('*', StringComparison.Ordinal);

    private static bool Became(string pattern, string file) => FileSystemName.MatchesSimpleExpression(Path.GetFileName(pattern), Path.GetFileName(file));

    private static LibrarySourceItem WithFolder(EvaluatedSource source) =>
        source.Item.Folder.Length > 0 ? source.Item : source.Item with { Folder = Path.GetDirectoryName(source.DefiningFile)! };

    private static LibrarySourceItem ReadItem(XElement element, string file, IReadOnlyDictionary<string, string> properties)
    {
        var (pattern, folder) = (Include(element), Path.GetDirectoryName(file)!);
        if (element.AncestorsAndSelf().Any(e => e.Attribute("Condition") is not null))
            throw Diagnostics.InvalidLibrarySource.Error(pattern, "it has a condition, and MSBuild takes one star for a pattern of file names; write two stars");
        return new LibrarySourceItem(Expand(pattern), Metadata("Registry"), Metadata("Repository"), folder);

        // What comes later wins, and attributes come first.
        string Metadata(string name) => Expand(
            element.Attributes().Select(a => (a.Name.LocalName, a.Value)).Concat(element.Elements().Select(e => (e.Name.LocalName, e.Value)))
                .LastOrDefault(m => m.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "");

        string Expand(string text) => Property().Replace(text, match =>
            match.Groups[1].Value == "MSBuildThisFileDirectory" ? folder + Path.DirectorySeparatorChar
            : properties.TryGetValue(match.Groups[1].Value, out var value) ? value
            : throw Diagnostics.InvalidLibrarySource.Error(pattern, $"{match.Value} cannot be read beside one star, which MSBuild takes for a pattern of file names; write two stars"));
    }

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")]
    private static partial Regex Property();
}

/// <summary>A <c>ContainerLibrarySource</c> item, before it is checked: <see cref="LibrarySource.Parse"/> does that.</summary>
/// <param name="Pattern">Its packages.</param>
/// <param name="Registry">The metadata <c>Registry</c>, or empty.</param>
/// <param name="Repository">The metadata <c>Repository</c>, or empty.</param>
/// <param name="Folder">Absolute path of the folder of the file that has the item: a relative registry in a folder is relative to it, and so the same for all projects that import the file.</param>
public sealed record LibrarySourceItem(string Pattern, string Registry, string Repository, string Folder);

/// <summary>An item as MSBuild has it.</summary>
/// <param name="Item">The item.</param>
/// <param name="DefiningFile">Absolute path of the file that has it.</param>
/// <param name="IsFile">Whether there is a file of its name.</param>
public sealed record EvaluatedSource(LibrarySourceItem Item, string DefiningFile, bool IsFile);

/// <summary>A project file, or a file that one imports.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Xml">Its text.</param>
public sealed record ProjectText(string File, string Xml);
