namespace Container.Sdk.Libraries;

/// <summary>
/// The patterns of a nuspec, as NuGet's matcher understands them: <c>**</c> is any number of folders, <c>*</c> any part of
/// one name; <c>?</c>, <c>;</c> and <c>[</c> are themselves.
/// </summary>
internal static class FileGlob
{
    /// <summary>Whether a path matches, in any case.</summary>
    public static bool Matches(string pattern, string path)
    {
        var normalized = pattern.Replace('\\', '/').TrimStart('/');
        return Match((normalized.EndsWith('/') ? normalized + "**" : normalized).Split('/'), path.Split('/'));
    }

    // Two positions instead of recursion into every split: a hostile pattern costs no more than parts times parts.
    private static bool Match(string[] pattern, string[] path)
    {
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < path.Length)
        {
            if (p < pattern.Length && pattern[p] == "**") (star, mark) = (p++, n);
            else if (p < pattern.Length && MatchPart(pattern[p], path[n])) (p, n) = (p + 1, n + 1);
            else if (star >= 0) (p, n) = (star + 1, ++mark);
            else return false;
        }
        while (p < pattern.Length && pattern[p] == "**") p++;
        return p == pattern.Length;
    }

    private static bool MatchPart(string pattern, string part)
    {
        if (pattern == "*.*") return true;
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < part.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, mark) = (p++, n);
            else if (p < pattern.Length && char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(part[n])) (p, n) = (p + 1, n + 1);
            else if (star >= 0) (p, n) = (star + 1, ++mark);
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
