using System.Collections.Immutable;
using System.Xml.Linq;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>What is published of <c>contentFiles</c>: what the nuspec says is copied to the output.</summary>
internal static class ContentFiles
{
    /// <summary>The files for C#, or where there are none, those for any language.</summary>
    public static IEnumerable<(string PackagePath, string AppPath)> In(
        IEnumerable<(string Path, string[] Parts)> paths, ImmutableArray<ContentFileRule> rules, FrameworkKind app)
    {
        var all = paths.Where(p => p.Parts.Length > 3 && LibraryFiles.Is(p.Parts[0], "contentFiles")).ToList();
        var own = Of("cs").ToList();
        return (own.Count > 0 ? own : Of("any")).Where(a => !a.IsPlaceholder() && !IsTemplate(a)).SelectMany(a => Copied(a, rules));

        IEnumerable<Asset> Of(string language) => all
            .Where(p => LibraryFiles.Is(p.Parts[1], language))
            .Select(p => (Asset: new Asset(p.Path, FrameworkFolder.Parse(p.Parts[2]), p.Parts[3..]), IsAny: LibraryFiles.Is(p.Parts[2], "any")))
            .Where(f => f.IsAny || f.Asset.Framework is not null)
            .Select(f => f.Asset)
            .Newest(app);
    }

    private static IEnumerable<(string PackagePath, string AppPath)> Copied(Asset asset, ImmutableArray<ContentFileRule> rules)
    {
        var path = asset.Path[(asset.Path.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var (copied, flat) = (false, false);
        // Each rule says anew what it says at all.
        foreach (var rule in rules.Where(r => r.Covers(path))) (copied, flat) = (rule.CopyToOutput ?? copied, rule.Flatten ?? flat);
        if (copied) yield return (asset.Path, flat ? asset.Rest[^1] : string.Join('/', asset.Rest));
    }

    // Its content is made for each app, and so is not the package's.
    private static bool IsTemplate(Asset asset) => asset.Rest[^1].EndsWith(".pp", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A <c>files</c> element of a nuspec's <c>contentFiles</c>: what is said of the content files that match.</summary>
/// <param name="Include">A pattern below <c>contentFiles</c>.</param>
/// <param name="Exclude">One that takes some away, or <c>null</c>.</param>
/// <param name="CopyToOutput">Whether they are copied to the output; <c>null</c> where it is not said.</param>
/// <param name="Flatten">Whether they are copied without their folders; <c>null</c> where it is not said.</param>
internal sealed record ContentFileRule(string Include, string? Exclude, bool? CopyToOutput, bool? Flatten)
{
    public static ContentFileRule Read(XElement element) => new(
        (string?)element.Attribute("include") ?? "", (string?)element.Attribute("exclude"), Truth(element, "copyToOutput"), Truth(element, "flatten"));

    /// <summary>Whether the rule is for this file.</summary>
    /// <param name="path">Its path below <c>contentFiles</c>.</param>
    public bool Covers(string path) => Glob.MatchesNuspec(Include, path) && !(Exclude is not null && Glob.MatchesNuspec(Exclude, path));

    private static bool? Truth(XElement element, string name) => (string?)element.Attribute(name) switch
    {
        null or "" => null,
        var text => bool.TryParse(text, out var value) ? value : throw new FormatException($"'{name}' is '{text}', neither true nor false"),
    };
}
