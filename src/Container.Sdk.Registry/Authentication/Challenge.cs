namespace Container.Sdk.Registry;

/// <summary>How a registry wants to be asked: one challenge of a <c>WWW-Authenticate</c> header (RFC 9110, 11.6.1).</summary>
/// <param name="Scheme">The scheme, in lower case.</param>
/// <param name="Parameters">The parameters; names compare without case.</param>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>A parameter, or <c>null</c>.</summary>
    public string? this[string name] => Parameters.TryGetValue(name, out var value) ? value : null;

    /// <summary>
    /// Reads the challenges of a header. Several may stand in one header, parameters may be without quotes, and the scheme's
    /// name has no case: registries and proxies use all of that.
    /// </summary>
    public static List<Challenge> Parse(string header)
    {
        var challenges = new List<Challenge>();
        Dictionary<string, string>? parameters = null;
        var at = 0;
        while (true)
        {
            while (at < header.Length && (header[at] == ',' || char.IsWhiteSpace(header[at]))) at++;
            var word = Word(header, ref at);
            if (word.Length == 0)
            {
                if (at >= header.Length) return challenges;
                at++;
                continue;
            }
            var next = at;
            while (next < header.Length && char.IsWhiteSpace(header[next])) next++;
            // A name with '=' is a parameter of the last scheme; a name without is a new scheme.
            if (next < header.Length && header[next] == '=' && parameters is not null)
            {
                at = next + 1;
                while (at < header.Length && char.IsWhiteSpace(header[at])) at++;
                parameters[word] = at < header.Length && header[at] == '"' ? Quoted(header, ref at) : Unquoted(header, ref at);
                continue;
            }
            parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            challenges.Add(new Challenge(word.ToLowerInvariant(), parameters));
        }
    }

    private static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not (',' or '=' or '"') && !char.IsWhiteSpace(text[at])) at++;
        return text[start..at];
    }

    private static string Unquoted(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not ',' && !char.IsWhiteSpace(text[at])) at++;
        return text[start..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new System.Text.StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }
        if (at < text.Length) at++;
        return value.ToString();
    }
}
