using System.IO.Enumeration;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Container.Sdk.Tasks;

/// <summary>
/// The <c>ContainerLibrarySource</c> items as they were written. To MSBuild <c>Acme.*</c> is a pattern of file names: the item
/// becomes those files, or nothing. So items with one star are read from the text of the files that have them;
/// <c>Acme.**</c> is no pattern of files, and arrives as it is.
/// </summary>
public sealed partial class ReadLibrarySources : ContainerTask
{
    private const string Name = "ContainerLibrarySource";

#pragma warning disable CS1591, CA1819 // MSBuild gives items as arrays.
    /// <summary>The items as MSBuild has them.</summary>
    public ITaskItem[] Evaluated { get; set; } = [];

    /// <summary>The files that may have such items, where they are there.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Properties that the text may use, as <c>Name=Value</c>.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    [Output] public ITaskItem[] Sources { get; set; } = [];
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var properties = Properties.ToDictionary(p => p.ItemSpec, p => p.GetMetadata("Value"), StringComparer.OrdinalIgnoreCase);
        var items = Evaluated.ToList();
        foreach (var file in Files.Select(f => Path.GetFullPath(f.ItemSpec)).Where(File.Exists).Distinct())
        {
            var elements = Elements(file);
            if (!elements.Any(HasPattern)) continue;
            // What the patterns became.
            var literal = elements.Where(e => !HasPattern(e)).Select(Include).ToHashSet(StringComparer.Ordinal);
            items.RemoveAll(i => i.GetMetadata("DefiningProjectFullPath") == file && !literal.Contains(i.ItemSpec)
                && elements.Where(HasPattern).Any(e => FileSystemName.MatchesSimpleExpression(Path.GetFileName(Include(e)), Path.GetFileName(i.ItemSpec))) && File.Exists(i.GetMetadata("FullPath")));
            items.AddRange(elements.Where(HasPattern).Select(e => Item(e, file, properties)));
        }
        Sources = [.. items.Select(WithFolder)];
        return System.Threading.Tasks.Task.CompletedTask;
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

    private static TaskItem Item(XElement element, string file, Dictionary<string, string> properties)
    {
        var pattern = Include(element);
        if (element.AncestorsAndSelf().Any(e => e.Attribute("Condition") is not null))
            throw Diagnostics.InvalidLibrarySource.Error(pattern, "it has a condition, and MSBuild takes one star for a pattern of file names; write two stars");
        var item = new TaskItem(Expand(pattern));
        foreach (var attribute in element.Attributes().Where(a => a.Name.LocalName is not ("Include" or "Label"))) item.SetMetadata(attribute.Name.LocalName, Expand(attribute.Value));
        foreach (var child in element.Elements()) item.SetMetadata(child.Name.LocalName, Expand(child.Value));
        item.SetMetadata("Folder", Path.GetDirectoryName(file)!);
        return item;

        string Expand(string text) => Property().Replace(text, match =>
            match.Groups[1].Value == "MSBuildThisFileDirectory" ? Path.GetDirectoryName(file)! + Path.DirectorySeparatorChar
            : properties.TryGetValue(match.Groups[1].Value, out var value) ? value
            : throw Diagnostics.InvalidLibrarySource.Error(pattern, $"{match.Value} cannot be read beside one star, which MSBuild takes for a pattern of file names; write two stars"));
    }

    private static ITaskItem WithFolder(ITaskItem item)
    {
        if (item.GetMetadata("Folder").Length > 0) return item;
        var copy = new TaskItem(item);
        copy.SetMetadata("Folder", item.GetMetadata("DefiningProjectDirectory"));
        return copy;
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")]
    private static partial System.Text.RegularExpressions.Regex Property();
}
