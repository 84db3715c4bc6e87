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
