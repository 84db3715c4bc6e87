namespace Container.Sdk.Oci;

/// <summary>
/// Patterns of relative paths, whose parts are joined by <c>/</c> (or <c>\</c>). <c>*</c> is any part of one name, <c>**</c> as a whole
/// part is any number of parts.
/// </summary>
public static class Glob
{
    /// <summary>Whether a path matches a pattern of a project: <c>?</c> is one character, case counts, and a pattern without <c>/</c> is compared with the name alone.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="path">The path, with <c>/</c>.</param>
    public static bool Matches(string pattern, string path)
    {
        var parts = pattern.Replace('\\', '/').Split('/');
        return Matches(parts.Length == 1 ? ["**", .. parts] : parts, path, static (p, c) => p == '?' || p == c);
    }

    /// <summary>
    /// Whether a path matches a pattern of a nuspec, as NuGet's own matcher says (Microsoft.Extensions.FileSystemGlobbing): <c>?</c>,
    /// <c>;</c> and <c>[</c> are themselves, case does not count, and a folder stands for all that is in it.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="path">The path, with <c>/</c>.</param>
    public static bool MatchesNuspec(string pattern, string path)
    {
        var normalized = pattern.Replace('\\', '/').TrimStart('/');
        var parts = (normalized.EndsWith('/') ? normalized + "**" : normalized).Split('/').Select(p => p == "*.*" ? "*" : p);
        return Matches([.. parts], path, static (p, c) => char.ToUpperInvariant(p) == char.ToUpperInvariant(c));
    }

    private static bool Matches(string[] pattern, string path, Func<char, char, bool> equals) =>
        Match<string, string>(pattern, path.Split('/'), static p => p == "**", (p, name) => Match<char, char>(p, name, static c => c == '*', equals));

    // Parts of a path, and characters of a part. Two positions instead of recursion into every split: a hostile pattern costs no more
    // than the one length times the other.
    private static bool Match<TPattern, TItem>(ReadOnlySpan<TPattern> pattern, ReadOnlySpan<TItem> items, Func<TPattern, bool> isStar, Func<TPattern, TItem, bool> equals)
    {
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < items.Length)
        {
            if (p < pattern.Length && isStar(pattern[p])) (star, mark) = (p++, n);
            else if (p < pattern.Length && equals(pattern[p], items[n])) (p, n) = (p + 1, n + 1);
            else if (star >= 0) (p, n) = (star + 1, ++mark);
            else return false;
        }
        while (p < pattern.Length && isStar(pattern[p])) p++;
        return p == pattern.Length;
    }
}
