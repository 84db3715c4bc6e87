using System.IO.Enumeration;

namespace Container.Sdk.Publishing;

/// <summary>A pattern of relative paths: <c>*</c> and <c>?</c> stay within a part, <c>**</c> stands for any number of parts.</summary>
internal static class Glob
{
    /// <summary>Whether a path matches. A pattern without <c>/</c> is compared with the name alone.</summary>
    public static bool Matches(string pattern, string path)
    {
        var parts = pattern.Replace('\\', '/').Split('/');
        var names = path.Split('/');
        return parts.Length == 1 ? Part(parts[0], names[^1]) : Parts(parts, names);
    }

    private static bool Parts(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] != "**") return !path.IsEmpty && Part(pattern[0], path[0]) && Parts(pattern[1..], path[1..]);
        for (var skipped = 0; skipped <= path.Length; skipped++)
            if (Parts(pattern[1..], path[skipped..])) return true;
        return false;
    }

    private static bool Part(string pattern, string name) => pattern.Length > 0 && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
