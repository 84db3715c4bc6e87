using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>Which entries an archive has and where their contents lie, read once, header by header; nothing is extracted.</summary>
internal sealed class TarIndex
{
    private const int MostLinks = 8;

    private static readonly TarRules Rules = new(MostHeaders: 200_000, LargestExtension: 1 << 20, MostExtensionBytes: 16 << 20, IsForeign: true);

    private readonly Dictionary<string, TarEntry> _entries = new(StringComparer.Ordinal);

    private TarIndex() { }

    /// <summary>Reads all headers.</summary>
    /// <exception cref="FormatException">It is no tar, or is damaged.</exception>
    public static TarIndex Read(SafeFileHandle file, CancellationToken cancellation)
    {
        var index = new TarIndex();
        var reader = new TarHeaderReader(new RangeStream(file, 0, RandomAccess.GetLength(file)), Rules);
        while (Next(reader) is { } header)
        {
            cancellation.ThrowIfCancellationRequested();
            index.Add(new TarEntry(TarNames.Normalize(header.Name), header.Kind, reader.Position, header.Size, header.LinkTarget));
        }
        if (index._entries.Count == 0) throw new FormatException("it is no tar");
        // What comes last may be missing.
        return reader.HasEndMarker ? index : throw new FormatException("it is cut off: its end marker is missing");
    }

    /// <summary>The file of that name, links followed; or <c>null</c>.</summary>
    /// <exception cref="FormatException">A link leads out of the archive, or in a circle.</exception>
    public TarEntry? Find(string name)
    {
        for (var links = 0; links <= MostLinks; links++)
        {
            if (!_entries.TryGetValue(name, out var entry) || entry.IsFile) return entry;
            if (!entry.IsSymbolicLink && !entry.IsHardLink) return null;
            name = TarNames.Target(entry);
        }
        throw new FormatException($"the link '{name}' leads in a circle");
    }

    private static TarHeader? Next(TarHeaderReader reader)
    {
        try
        {
            return reader.Next();
        }
        catch (FormatException e)
        {
            throw new FormatException($"it {e.Message}", e);
        }
    }

    private void Add(TarEntry entry)
    {
        // A blob's name says its content, so a second one changes nothing. Of any other name, two readers would take
        // different ones.
        if (_entries.TryAdd(entry.Name, entry) || !(entry.IsFile || _entries[entry.Name].IsFile)) return;
        if (!entry.Name.StartsWith("blobs/", StringComparison.Ordinal)) throw new FormatException($"it has '{entry.Name}' twice");
    }
}

/// <summary>One entry of an archive, and where its content lies in the file.</summary>
/// <param name="Name">Its name: parts joined by <c>/</c>, none of them <c>.</c> or <c>..</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where its content starts.</param>
/// <param name="Size">Bytes of its content.</param>
/// <param name="LinkTarget">Where a link leads, as the archive has it; else empty.</param>
internal sealed record TarEntry(string Name, TarEntryKind Kind, long Offset, long Size, string LinkTarget)
{
    public bool IsFile => Kind is TarEntryKind.File or TarEntryKind.ContiguousFile;

    public bool IsHardLink => Kind == TarEntryKind.HardLink;

    public bool IsSymbolicLink => Kind == TarEntryKind.SymbolicLink;
}

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
