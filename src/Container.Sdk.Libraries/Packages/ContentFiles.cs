using System.Collections.Immutable;

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
