using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>
/// Which entries a tar file has and where their contents lie, read once, header by header; nothing is extracted. It is
/// its own reader because a header of some hundred KiB can make the framework's allocate gigabytes.
/// </summary>
internal sealed class TarIndex
{
    private const int MostEntries = 200_000;
    private const int LargestHeader = 1 << 20;
    private const int MostHeaderBytes = 16 << 20;
    private const int MostLinks = 8;

    private readonly Dictionary<string, TarEntry> _entries = new(StringComparer.Ordinal);
    private readonly SafeFileHandle _file;
    private readonly long _length;
    private long _headerBytes;
    private int _headers;

    private TarIndex(SafeFileHandle file) => (_file, _length) = (file, RandomAccess.GetLength(file));

    /// <summary>Reads all headers.</summary>
    /// <exception cref="FormatException">It is no tar, or is damaged.</exception>
    public static TarIndex Read(SafeFileHandle file, CancellationToken cancellation)
    {
        var index = new TarIndex(file);
        index.ReadHeaders(cancellation);
        return index;
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

    private void ReadHeaders(CancellationToken cancellation)
    {
        var pending = PaxRecords.None;
        Span<byte> block = stackalloc byte[TarHeader.BlockSize];
        for (long at = 0; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Fill(block, at)) throw new FormatException(at == 0 ? "it is no tar" : "it is cut off: its end marker is missing");
            var header = new TarBlock(block);
            if (header.IsZero && at > 0) return;
            if (header.IsZero || !header.IsIntact) throw new FormatException(at == 0 ? "it is no tar" : $"the header at byte {at} is damaged");
            if (++_headers > MostEntries) throw new FormatException($"it has more than {MostEntries} entries");

            var (type, content) = (header.Type, at + TarHeader.BlockSize);
            var isExtension = type is 'x' or 'g' or 'L' or 'K';
            // The extended header is about the entry, not about another extension before it.
            var size = !isExtension && pending.Size is { } large ? large : header.Size;
            if (size < 0) throw new FormatException($"the header at byte {at} has an impossible size");
            // Links, devices and directories have no content, whatever their size field says.
            if (type is >= '1' and <= '6') size = 0;
            if (size > _length - content) throw new FormatException($"it is cut off: '{pending.Path ?? header.Name}' has {size} bytes, and the file ends before");

            if (isExtension) pending = Extend(pending, type, content, size);
            else
            {
                Add(new TarEntry(TarNames.Normalize(pending.Path ?? header.Name), type, content, size, pending.LinkPath ?? header.LinkTarget));
                pending = PaxRecords.None;
            }
            at = content + size + TarHeader.Padding(size);
        }
    }

    private PaxRecords Extend(PaxRecords pending, char type, long offset, long size)
    {
        _headerBytes += size;
        if (size > LargestHeader || _headerBytes > MostHeaderBytes) throw new FormatException("its extended headers are too large");
        var bytes = new byte[size];
        if (!Fill(bytes, offset)) throw new FormatException("it is cut off in an extended header");
        switch (type)
        {
            case 'x':
                var records = PaxRecords.Parse(bytes);
                return new PaxRecords(records.Path ?? pending.Path, records.LinkPath ?? pending.LinkPath, records.Size ?? pending.Size);
            case 'L': return pending with { Path = Text(bytes) };
            case 'K': return pending with { LinkPath = Text(bytes) };
            default: return pending; // A global header has comments, and defaults for what is not read here.
        }

        static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.TrimEnd((byte)0));
    }

    private void Add(TarEntry entry)
    {
        // A blob's name says its content, so a second one changes nothing. Of any other name, two readers would take
        // different ones.
        if (_entries.TryAdd(entry.Name, entry) || !(entry.IsFile || _entries[entry.Name].IsFile)) return;
        if (!entry.Name.StartsWith("blobs/", StringComparison.Ordinal)) throw new FormatException($"it has '{entry.Name}' twice");
    }

    private bool Fill(Span<byte> buffer, long offset)
    {
        for (var at = 0; at < buffer.Length;)
        {
            var n = RandomAccess.Read(_file, buffer[at..], offset + at);
            if (n == 0) return false;
            at += n;
        }
        return true;
    }
}
