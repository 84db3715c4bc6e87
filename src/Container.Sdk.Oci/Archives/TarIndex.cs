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
