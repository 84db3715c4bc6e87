namespace Container.Sdk.Oci;

/// <summary>The names of entries, and where links between them lead.</summary>
internal static class TarNames
{
    private const int Longest = 4096;

    /// <summary>
    /// The name in its one form. Nothing is ever extracted, but a name that leads out of the archive is made to fool
    /// somebody, and nothing else in such an archive is to be believed.
    /// </summary>
    /// <exception cref="FormatException">It leads out of the archive.</exception>
    public static string Normalize(string name)
    {
        if (name.Length > Longest) throw new FormatException("an entry has a name of more than 4096 characters");
        if (name.StartsWith('/') || name.AsSpan().ContainsAny('\\', '\0')) throw new FormatException($"the name '{name}' is not a relative path");
        var parts = name.Split('/').Where(p => p is not ("" or ".")).ToArray();
        if (parts.Contains("..")) throw new FormatException($"the name '{name}' leads out of the archive");
        return string.Join('/', parts);
    }

    /// <summary>What a link leads to: a symbolic one from its own folder, a hard one from the root.</summary>
    /// <exception cref="FormatException">It leads out of the archive.</exception>
    public static string Target(TarEntry link)
    {
        if (link.LinkTarget.StartsWith('/') || link.LinkTarget.AsSpan().ContainsAny('\\', '\0')) throw Outside();
        var parts = new List<string>();
        if (link.IsSymbolicLink && link.Name.LastIndexOf('/') is var slash and > 0) parts.AddRange(link.Name[..slash].Split('/'));
        foreach (var part in link.LinkTarget.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) throw Outside();
            else parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);

        FormatException Outside() => new($"the link '{link.Name}' leads out of the archive, to '{link.LinkTarget}'");
    }
}
