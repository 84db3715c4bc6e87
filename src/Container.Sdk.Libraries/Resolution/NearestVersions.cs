using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>The versions that somebody may have meant, for a message.</summary>
internal static class NearestVersions
{
    private const int Most = 10;

    /// <summary>At most ten versions around <paramref name="about"/> (the highest, where that is nothing), from the lowest up.</summary>
    public static string Of(IReadOnlyList<NuGetVersion> versions, NuGetVersion? about)
    {
        var sorted = versions.Order().ToList();
        var below = about is null ? sorted.Count : sorted.Count(v => v < about);
        var first = Math.Clamp(below - (Most / 2), 0, Math.Max(0, sorted.Count - Most));
        var shown = string.Join(", ", sorted.Skip(first).Take(Most).Select(v => v.ToNormalizedString()));
        return sorted.Count > Most ? $"{shown}, … {sorted.Count} in all" : shown;
    }
}
