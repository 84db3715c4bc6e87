using System.Collections.Immutable;
using System.Text;

namespace Container.Sdk.Oci;

/// <summary>
/// The header of a tar entry. <see cref="TarHeaderReader"/> reads one of any writer's. Written, it is byte for byte what Go's
/// archive/tar writes: ustar where it can hold name and size, else PAX with only the records that are needed. Docker and BuildKit
/// write their layers with that package, so a layer that they make of the same files is the same layer.
/// </summary>
/// <param name="Name">Name, without a leading <c>/</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes of a file's content, else 0.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="UserId">Owner.</param>
/// <param name="GroupId">Group.</param>
/// <param name="LinkTarget">Where a link leads: a symbolic one from its own directory, a hard one from the root. Else empty.</param>
public sealed record TarHeader(string Name, TarEntryKind Kind, long Size, int Mode, long UserId = 0, long GroupId = 0, string LinkTarget = "")
{
    /// <summary>The time of every entry: 1980-01-01T00:00:00Z, in seconds of Unix time, the earliest that zip can hold too.</summary>
    public const long Time = 315532800;

    /// <summary>Bytes of a block; everything in a tar is padded to it.</summary>
    public const int BlockSize = 512;

    /// <summary>No extended attributes.</summary>
    public static readonly ImmutableSortedDictionary<string, ImmutableArray<byte>> NoAttributes = ImmutableSortedDictionary.Create<string, ImmutableArray<byte>>(StringComparer.Ordinal);

    private const int NameSize = 100;
    private const int PrefixSize = 155;
    private const long LargestOctalSize = 1L << 33; // Eleven octal digits; 8 GiB.
    private const int LargestOctalId = 1 << 21; // Seven.

    /// <summary>Major number of a device.</summary>
    public long DeviceMajor { get; init; }

    /// <summary>Minor number of a device.</summary>
    public long DeviceMinor { get; init; }

    /// <summary>Extended attributes by name, <c>security.capability</c> among them, without which a program may not do what it should.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<byte>> Attributes { get; init; } = NoAttributes;

    /// <summary>Writes the header, one block or, with PAX, several.</summary>
    public void WriteTo(Stream output)
    {
        var records = Records(out var prefix, out var suffix);
        if (records.Length > 0) WritePaxEntry(output, records);

        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        WriteText(block[..NameSize], Ascii(suffix));
        WriteOctal(block.Slice(100, 8), Mode);
        WriteOctal(block.Slice(108, 8), UserId < LargestOctalId ? UserId : 0);
        WriteOctal(block.Slice(116, 8), GroupId < LargestOctalId ? GroupId : 0);
        WriteOctal(block.Slice(124, 12), Size < LargestOctalSize ? Size : 0);
        WriteOctal(block.Slice(136, 12), Time);
        block[156] = (byte)Kind;
        WriteText(block.Slice(157, NameSize), Ascii(LinkTarget));
        WriteOctal(block.Slice(329, 8), DeviceMajor); // Device numbers are written for files too.
        WriteOctal(block.Slice(337, 8), DeviceMinor);
        WriteText(block.Slice(345, PrefixSize), prefix);
        Seal(block, output);
    }

    /// <summary>Bytes from the end of a content of <paramref name="size"/> bytes to the end of its block.</summary>
    public static int Padding(long size) => (int)(-size & (BlockSize - 1));

    private byte[] Records(out string prefix, out string suffix)
    {
        (prefix, suffix) = ("", Name);
        var records = new List<(string Key, byte[] Value)>();
        if (LinkTarget.Length > 0 && (!IsAscii(LinkTarget) || LinkTarget.Length > NameSize)) records.Add(("linkpath", Encoding.UTF8.GetBytes(LinkTarget)));
        var nameFits = IsAscii(Name) && Name.Length <= NameSize;
        var split = !nameFits && TrySplit(Name, out prefix, out suffix);
        if (!nameFits && !split) records.Add(("path", Encoding.UTF8.GetBytes(Name)));
        if (Size >= LargestOctalSize) records.Add(("size", Number(Size)));
        if (UserId >= LargestOctalId) records.Add(("uid", Number(UserId)));
        if (GroupId >= LargestOctalId) records.Add(("gid", Number(GroupId)));
        foreach (var (name, value) in Attributes) records.Add((PaxRecords.AttributePrefix + name, [.. value]));
        // As soon as PAX is needed for anything, Go leaves the name whole and says it in a record.
        if (records.Count > 0 && split)
        {
            (prefix, suffix) = ("", Name);
            records.Add(("path", Encoding.UTF8.GetBytes(Name)));
        }
        using var bytes = new MemoryStream();
        foreach (var (key, value) in records.OrderBy(r => r.Key, StringComparer.Ordinal)) bytes.Write(Record(key, value));
        return bytes.ToArray();
    }

    private static byte[] Number(long n) => Encoding.ASCII.GetBytes(n.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // "length key=value\n", where length counts itself.
    private static byte[] Record(string key, byte[] value)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes($" {key}="), .. value, (byte)'\n'];
        var length = body.Length + Digits(body.Length);
        if (Digits(length) != Digits(body.Length)) length = body.Length + Digits(length);
        return [.. Number(length), .. body];

        static int Digits(int n) => Number(n).Length;
    }

    private void WritePaxEntry(Stream output, byte[] records)
    {
        var slash = Name.LastIndexOf('/');
        var name = slash < 0 ? $"PaxHeaders.0/{Name}" : $"{Name[..slash].TrimEnd('/')}/PaxHeaders.0/{Name[(slash + 1)..]}";
        var ascii = Ascii(name);
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        WriteText(block[..NameSize], (ascii.Length > NameSize ? ascii[..NameSize] : ascii).TrimEnd('/'));
        WriteOctal(block.Slice(100, 8), 0);
        WriteOctal(block.Slice(108, 8), 0);
        WriteOctal(block.Slice(116, 8), 0);
        WriteOctal(block.Slice(124, 12), records.Length);
        WriteOctal(block.Slice(136, 12), 0);
        block[156] = (byte)'x';
        Seal(block, output);
        output.Write(records);
        output.Write(new byte[Padding(records.Length)]);
    }

    private static void Seal(Span<byte> block, Stream output)
    {
        "ustar\0"u8.CopyTo(block[257..]);
        "00"u8.CopyTo(block[263..]);
        block.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in block) sum += b;
        WriteOctal(block.Slice(148, 7), sum);
        output.Write(block);
    }

    private static bool TrySplit(string name, out string prefix, out string suffix)
    {
        (prefix, suffix) = ("", name);
        if (name.Length <= NameSize || !IsAscii(name)) return false;
        var length = name.Length > PrefixSize + 1 ? PrefixSize + 1 : name[^1] == '/' ? name.Length - 1 : name.Length;
        var slash = name.LastIndexOf('/', length - 1);
        var suffixLength = name.Length - slash - 1;
        if (slash is <= 0 or > PrefixSize || suffixLength is 0 or > NameSize) return false;
        (prefix, suffix) = (name[..slash], name[(slash + 1)..]);
        return true;
    }

    private static bool IsAscii(string text) => System.Text.Ascii.IsValid(text);

    // Go drops what is not ASCII from the fallback name; the record has it whole.
    private static string Ascii(string text) => IsAscii(text) ? text : string.Concat(text.Where(char.IsAscii));

    private static void WriteText(Span<byte> field, string ascii)
    {
        var n = Math.Min(ascii.Length, field.Length);
        Encoding.ASCII.GetBytes(ascii.AsSpan(0, n), field);
        // A cut name must not end in a slash, or old readers take the file for a directory.
        if (ascii.Length > field.Length)
            for (var i = field.Length - 1; i >= 0 && field[i] == '/'; i--) field[i] = 0;
    }

    private static void WriteOctal(Span<byte> field, long value)
    {
        field[^1] = 0;
        for (var i = field.Length - 2; i >= 0; i--, value >>= 3) field[i] = (byte)('0' + (value & 7));
    }
}
