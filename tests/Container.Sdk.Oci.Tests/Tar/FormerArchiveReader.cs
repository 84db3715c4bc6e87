using System.Globalization;
using System.Text;

namespace Container.Sdk.Oci.Tests;

/// <summary>
/// The rules by which headers of archives were read before there was one reader for all tars, kept as a bound: whatever these refuse,
/// the reader refuses too.
/// </summary>
internal static class FormerArchiveReader
{
    public sealed record Entry(string Name, char Type, long Offset, long Size, string LinkTarget);

    /// <summary>The entries; <c>null</c> where the tar is refused.</summary>
    public static List<Entry>? Read(byte[] tar)
    {
        try { return ReadHeaders(tar); }
        catch (FormatException) { return null; }
    }

    private static List<Entry> ReadHeaders(byte[] tar)
    {
        var entries = new List<Entry>();
        (string? Path, string? Link, long? Size) pending = default;
        long headerBytes = 0;
        for (long at = 0; ;)
        {
            if (at + 512 > tar.Length) throw new FormatException("cut off");
            var block = tar.AsSpan((int)at, 512);
            if (!block.ContainsAnyExcept((byte)0)) return at > 0 ? entries : throw new FormatException("no tar");
            if (!IsIntact(block)) throw new FormatException("damaged");
            var type = (char)block[156];
            var isExtension = type is 'x' or 'g' or 'L' or 'K';
            var size = !isExtension && pending.Size is { } large ? large : Size(block.Slice(124, 12));
            if (size < 0) throw new FormatException("impossible size");
            if (type is >= '1' and <= '6') size = 0;
            var content = at + 512;
            if (size > tar.Length - content) throw new FormatException("cut off");
            if (isExtension)
            {
                if (size > 1 << 20 || (headerBytes += size) > 16 << 20) throw new FormatException("too large");
                var bytes = tar.AsSpan((int)content, (int)size);
                if (type == 'x') pending = Pax(bytes, pending);
                if (type == 'L') pending.Path = Encoding.UTF8.GetString(bytes.TrimEnd((byte)0));
                if (type == 'K') pending.Link = Encoding.UTF8.GetString(bytes.TrimEnd((byte)0));
            }
            else
            {
                entries.Add(new Entry(pending.Path ?? Name(block), type, content, size, pending.Link ?? Text(block.Slice(157, 100))));
                pending = default;
            }
            at = content + size + (-size & 511);
        }
    }

    private static (string?, string?, long?) Pax(ReadOnlySpan<byte> bytes, (string? Path, string? Link, long? Size) pending)
    {
        while (bytes.Length > 0)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space is < 1 or > 7 || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n') throw new FormatException("damaged");
            var record = bytes[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1) throw new FormatException("damaged");
            var key = record[..equals];
            var value = record[(equals + 1)..];
            if (key.SequenceEqual("path"u8)) pending.Path = Encoding.UTF8.GetString(value);
            if (key.SequenceEqual("linkpath"u8)) pending.Link = Encoding.UTF8.GetString(value);
            if (key.SequenceEqual("size"u8)) pending.Size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw new FormatException("size");
            bytes = bytes[length..];
        }
        return pending;
    }

    private static string Name(ReadOnlySpan<byte> block)
    {
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : "";
        return prefix.Length == 0 ? Text(block[..100]) : $"{prefix}/{Text(block[..100])}";
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long Size(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) == 0) return Octal(field);
        if ((field[0] & 0x7F) != 0 || field[1..4].ContainsAnyExcept((byte)0) || field[4] >= 0x80) return -1;
        long value = 0;
        foreach (var b in field[4..]) value = (value << 8) | b;
        return value;
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (var b in field.Trim(" \0"u8))
        {
            if (b is < (byte)'0' or > (byte)'7') return -1;
            value = (value << 3) | (uint)(b - '0');
        }
        return value;
    }

    private static bool IsIntact(ReadOnlySpan<byte> block)
    {
        long unsigned = 0, signed = 0;
        for (var i = 0; i < block.Length; i++)
        {
            var b = i is >= 148 and < 156 ? (byte)' ' : block[i];
            unsigned += b;
            signed += (sbyte)b;
        }
        var expected = Octal(block.Slice(148, 8));
        return expected >= 0 && (expected == unsigned || expected == signed);
    }
}
