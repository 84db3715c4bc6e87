namespace Container.Sdk.Images;

/// <summary>What a person reads of a layer that a builder made of its own: a step, or files that a container compiled.</summary>
internal static class BuiltLayerName
{
    private const int Longest = 40;

    /// <summary>The name, from a line of the history: <c>RUN /bin/sh -c apt-get update # buildkit</c>.</summary>
    public static string Of(string createdBy)
    {
        // COPY --from=publish /image/packages/ / : what a container published has a folder for each kind.
        const string published = " /image/";
        if (createdBy.IndexOf(published, StringComparison.Ordinal) is var at and >= 0 && createdBy[(at + published.Length)..].Split('/') is [var kind, " ", ..]) return kind;
        // A slash would make the terminal logger see a folder.
        var text = createdBy.Replace("# buildkit", "", StringComparison.Ordinal).Replace("/bin/sh -c ", "", StringComparison.Ordinal).Replace('/', ' ').Trim();
        return text.Length == 0 ? "layer" : text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
    }
}
