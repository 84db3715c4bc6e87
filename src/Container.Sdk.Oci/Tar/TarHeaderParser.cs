using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>From the blocks of headers to entries: puts together what an entry's own header and the extended ones before it say.</summary>
internal sealed class TarHeaderParser(TarRules rules)
{
    private const TarEntryKind Pax = (TarEntryKind)'x', GlobalPax = (TarEntryKind)'g', LongName = (TarEntryKind)'L', LongLink = (TarEntryKind)'K';
    private const long LargestSize = long.MaxValue - TarHeader.BlockSize;
    private const int PermissionBits = 0xFFF; // 07777; some writers put the kind of file above them.

    private readonly ImmutableArray<TarExtension>.Builder _extensions = ImmutableArray.CreateBuilder<TarExtension>();
    private PaxRecords? _records;
    private string? _name, _link;
    private int _headers;
    private long _extensionBytes;

    /// <summary>The extended headers since the last entry.</summary>
    public ImmutableArray<TarExtension> Extensions => _extensions.ToImmutable();

    /// <summary>Whether an extended header still waits for its entry. A global one does not: it is about all that follow.</summary>
    public bool IsWaiting => _records is not null || _name is not null || _link is not null;

    /// <summary>Forgets the extended headers of the last entry.</summary>
    public void Clear()
    {
        _extensions.Clear();
        (_records, _name, _link) = (null, null, null);
    }

    /// <summary>Reads a block.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="at">Where it stands in the tar.</param>
    /// <returns>What it says itself; <c>null</c> where it is an end marker.</returns>
    /// <exception cref="FormatException">It is no header.</exception>
    public TarHeader? Parse(ReadOnlySpan<byte> bytes, long at)
    {
        var block = new TarBlock(bytes);
        if (block.IsZero) return null;
        if (!block.IsIntact(allowSigned: rules.IsForeign)) throw new FormatException(at == 0 ? "is no tar, or has a damaged header at its start" : $"has a damaged header at byte {at}");
        if (++_headers > rules.MostHeaders) throw new FormatException($"has more than {rules.MostHeaders} entries");
        var kind = block.Kind;
        var (isLink, isDevice) = (kind is TarEntryKind.HardLink or TarEntryKind.SymbolicLink, kind is TarEntryKind.CharacterDevice or TarEntryKind.BlockDevice);
        return new TarHeader(
            block.Name, kind, Number(block.Number(124, 12, rules.IsForeign)), (int)Number(block.Number(100, 8)) & PermissionBits,
            Number(block.Number(108, 8, rules.IsForeign)), Number(block.Number(116, 8, rules.IsForeign)), isLink ? block.LinkTarget : "")
        {
            DeviceMajor = isDevice ? Number(block.Number(329, 8)) : 0,
            DeviceMinor = isDevice ? Number(block.Number(337, 8)) : 0,
        };

        long Number(long? number) => number ?? throw new FormatException($"has a damaged header at byte {at}");
    }

    /// <summary>Whether a header is an extended one, whose content is to be given to <see cref="Extend"/>.</summary>
    /// <exception cref="FormatException">Its content is too large to be read.</exception>
    public bool IsExtension(TarHeader header)
    {
        if (header.Kind != Pax && !(rules.IsForeign && header.Kind is GlobalPax or LongName or LongLink)) return false;
        if (header.Size == 0 || header.Size > rules.LargestExtension)
            throw new FormatException($"has an extended header of {header.Size} bytes; extended headers have from 1 to {rules.LargestExtension}");
        if ((_extensionBytes += header.Size) > rules.MostExtensionBytes) throw new FormatException($"has extended headers of more than {rules.MostExtensionBytes} bytes in all");
        return true;
    }

    /// <summary>Takes what an extended header says. Global ones are only counted: container tools, all in Go, do not heed them either.</summary>
    /// <exception cref="FormatException">It is damaged, or says what another has said.</exception>
    public void Extend(TarHeader header, ReadOnlySpan<byte> content)
    {
        if (header.Kind == Pax) Set(ref _records, PaxRecords.Parse(content));
        else if (header.Kind == LongName) Set(ref _name, Text(content));
        else if (header.Kind == LongLink) Set(ref _link, Text(content));
        if ((_name is not null && _records?.Path is not null) || (_link is not null && _records?.LinkPath is not null))
            throw new FormatException("has an entry with two names");
        _extensions.Add(new TarExtension(header, header.Kind == Pax ? _records!.Keys : []));
    }

    /// <summary>An entry, with what the extended headers before it say.</summary>
    /// <exception cref="FormatException">It has a content where none can be.</exception>
    public TarHeader Complete(TarHeader header)
    {
        var records = _records ?? PaxRecords.None;
        var entry = header with
        {
            Name = _name ?? records.Path ?? header.Name,
            Size = records.Size ?? header.Size,
            UserId = records.UserId ?? header.UserId,
            GroupId = records.GroupId ?? header.GroupId,
            LinkTarget = header.Kind is TarEntryKind.HardLink or TarEntryKind.SymbolicLink ? _link ?? records.LinkPath ?? header.LinkTarget : "",
            Attributes = records.Attributes,
        };
        // Readers do not agree on whether it is there, and so on where the next header stands (CVE-2025-62518 was of that kind).
        if (header.Kind is >= TarEntryKind.HardLink and <= TarEntryKind.Fifo && entry.Size != 0) throw new FormatException($"has '{entry.Name}', which is no file, with a content");
        return entry.Size <= LargestSize ? entry : throw new FormatException($"has '{entry.Name}' with an impossible size");
    }

    private static void Set<T>(ref T? field, T value) where T : class => field = field is null ? value : throw new FormatException("has two extended headers for one entry");

    // GNU ends such a name with a zero byte; another one within it would cut it for some readers.
    private static string Text(ReadOnlySpan<byte> content)
    {
        var text = content.TrimEnd((byte)0);
        return !text.IsEmpty && !text.Contains((byte)0) ? TarBlock.Text(text) : throw new FormatException("has a damaged extended header");
    }
}
