namespace Container.Sdk.Libraries;

/// <summary>
/// The entries of an archive seen so far. Names that differ in case only are one name: on some disks they are one file,
/// and which of two contents it has there depends on the order.
/// </summary>
internal sealed class EntryTree
{
    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _parents = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an entry.</summary>
    /// <returns>Why it cannot be there, or <c>null</c>.</returns>
    public string? Add(string name, bool isDirectory)
    {
        if (EntryName.Fault(name) is { } fault) return fault;
        if (!(isDirectory ? _named : _files).Add(name)) return $"it has '{name}' twice";
        var both = isDirectory ? _files.Contains(name) : _named.Contains(name) || _parents.Contains(name);
        if (both) return $"'{name}' is a file and a directory";
        for (var slash = name.LastIndexOf('/'); slash > 0 && _parents.Add(name[..slash]); slash = name.LastIndexOf('/', slash - 1))
        {
            if (_files.Contains(name[..slash])) return $"'{name[..slash]}' is a file and a directory";
        }
        return null;
    }
}

/// <summary>
/// The names that an archive from outside may have. They become paths of files, on Windows too: whatever two systems
/// understand differently is refused, not repaired.
/// </summary>
internal static class EntryName
{
    private const int Longest = 1024;

    /// <summary>Why a name cannot be used, or <c>null</c>. A directory is named without its last <c>/</c>.</summary>
    public static string? Fault(string name)
    {
        if (name.Length is 0 or > Longest) return "it has an entry without a name, or with one of more than 1024 characters";
        if (name.Any(char.IsControl)) return $"the name '{name}' has control characters";
        if (name[0] == '/') return $"the name '{name}' is absolute";
        // ':' is a drive, or another stream of the same file.
        if (name.AsSpan().ContainsAny('\\', ':')) return $"the name '{name}' has a backslash or a colon";
        foreach (var part in name.Split('/'))
        {
            if (part.Length == 0) return $"the name '{name}' has an empty part";
            if (part == "..") return $"the name '{name}' leads upwards";
            // Windows drops them, and then it is another name: of '.. ' not a harmless one.
            if (part[^1] is '.' or ' ') return $"a part of the name '{name}' ends in a dot or a space";
        }
        return null;
    }
}
