namespace Container.Sdk.Libraries;

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
