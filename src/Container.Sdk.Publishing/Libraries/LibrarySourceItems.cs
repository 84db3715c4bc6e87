using System.IO.Enumeration;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Container.Sdk.Publishing;

/// <summary>A <c>ContainerLibrarySource</c> item as it is written.</summary>
/// <param name="Pattern">Its packages.</param>
/// <param name="Registry">The metadata <c>Registry</c>, or empty.</param>
/// <param name="Repository">The metadata <c>Repository</c>, or empty.</param>
/// <param name="Folder">The folder of the file that has the item; absolute.</param>
public sealed record LibrarySourceItem(string Pattern, string Registry, string Repository, string Folder);

/// <summary>
/// The <c>ContainerLibrarySource</c> items as they are written. To MSBuild <c>Acme.*</c> is a pattern of file names: the item
/// becomes those files, or nothing. So items with one star are read from the text of the files that have them;
/// <c>Acme.**</c> is no pattern of files, and arrives as it is.
/// </summary>
/// <param name="properties">Properties that the text may use.</param>
public sealed partial class LibrarySourceItems(IReadOnlyDictionary<string, string> properties)
{
    private const string Name = "ContainerLibrarySource";

    /// <summary>Reads them.</summary>
    /// <param name="evaluated">The items as MSBuild has them.</param>
    /// <param name="files">The files that may have such items, where they are there.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidLibrarySource"/></exception>
    public IReadOnlyList<LibrarySourceItem> Read(IEnumerable<IProjectItem> evaluated, IEnumerable<string> files)
    {
        var items = evaluated.ToList();
        var written = new List<LibrarySourceItem>();
        foreach (var file in files.Select(Path.GetFullPath).Where(File.Exists).Distinct())
        {
            var elements = Elements(file);
            if (!elements.Any(HasPattern)) continue;
            // What the patterns became.
            var literal = elements.Where(e => !HasPattern(e)).Select(Include).ToHashSet(StringComparer.Ordinal);
            items.RemoveAll(i => i["DefiningProjectFullPath"] == file && !literal.Contains(i.Include)
                && elements.Where(HasPattern).Any(e => FileSystemName.MatchesSimpleExpression(Path.GetFileName(Include(e)), Path.GetFileName(i.Include))) && File.Exists(i["FullPath"]));
            written.AddRange(elements.Where(HasPattern).Select(e => Read(e, file)));
        }
        return [.. items.Select(i => new LibrarySourceItem(i.Include, i["Registry"], i["Repository"], i["Folder"] is { Length: > 0 } folder ? folder : i["DefiningProjectDirectory"])), .. written];
    }

    private static List<XElement> Elements(string file)
    {
        try
        {
            return [.. XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == Name)];
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            // MSBuild has read it; whatever is wrong now is reported by those who need it.
            return [];
        }
    }

    private static string Include(XElement element) => element.Attribute("Include")?.Value ?? "";

    private static bool HasPattern(XElement element) => Include(element).Replace("**", "", StringComparison.Ordinal).Contains('*', StringComparison.Ordinal);

    private LibrarySourceItem Read(XElement element, string file)
    {
        var (pattern, folder) = (Include(element), Path.GetDirectoryName(file)!);
        if (element.AncestorsAndSelf().Any(e => e.Attribute("Condition") is not null))
            throw Diagnostics.InvalidLibrarySource.Error(pattern, "it has a condition, and MSBuild takes one star for a pattern of file names; write two stars");
        return new LibrarySourceItem(Expand(pattern), Metadata("Registry"), Metadata("Repository"), Metadata("Folder") is { Length: > 0 } own ? own : folder);

        // A child wins over an attribute, as it comes later.
        string Metadata(string name) => Expand(element.Elements().LastOrDefault(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value
            ?? element.Attributes().FirstOrDefault(a => a.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "");

        string Expand(string text) => Property().Replace(text, match =>
            match.Groups[1].Value == "MSBuildThisFileDirectory" ? folder + Path.DirectorySeparatorChar
            : properties.TryGetValue(match.Groups[1].Value, out var value) ? value
            : throw Diagnostics.InvalidLibrarySource.Error(pattern, $"{match.Value} cannot be read beside one star, which MSBuild takes for a pattern of file names; write two stars"));
    }

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")]
    private static partial Regex Property();
}
