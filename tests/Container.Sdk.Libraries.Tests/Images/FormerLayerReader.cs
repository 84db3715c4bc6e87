using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Container.Sdk.Libraries.Tests;

/// <summary>
/// The rules by which headers of library layers were read before there was one reader for all tars, kept as a bound: whatever these
/// refuse, the reader refuses too.
/// </summary>
internal static class FormerLayerReader
{
    /// <summary>Whether the headers of a layer were taken.</summary>
    public static bool Takes(byte[] tar)
    {
        try
        {
            Walk(tar);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void Walk(byte[] tar)
    {
        var extended = false;
        for (long at = 0; at < tar.Length;)
        {
            if (at + 512 > tar.Length) throw new FormatException("cut off");
            var block = tar.AsSpan((int)at, 512);
            if (!block.ContainsAnyExcept((byte)0))
            {
                if (tar.AsSpan((int)at).ContainsAnyExcept((byte)0)) throw new FormatException("goes on");
                break;
            }
            var (name, type, size) = Parse(block);
            if (at + 512 + size + (-size & 511) > tar.Length) throw new FormatException("cut off");
            if (type == 'x')
            {
                if (extended) throw new FormatException("two");
                CheckRecords(tar.AsSpan((int)at + 512, (int)size));
            }
            else if (!extended && (type == '5') != name.EndsWith('/'))
            {
                throw new FormatException("file and directory");
            }
            extended = type == 'x';
            at += 512 + size + (-size & 511);
        }
        if (extended) throw new FormatException("ends with an extended header");
    }

    private static (string Name, char Type, long Size) Parse(ReadOnlySpan<byte> block)
    {
        if (Octal(block.Slice(148, 8)) != Sum(block)) throw new FormatException("damaged");
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : "";
        var name = Text(block[..100]);
        var (type, size) = (block[156] == 0 ? '0' : (char)block[156], Octal(block.Slice(124, 12)));
        if (type is not ('0' or '5' or 'x')) throw new FormatException("kind");
        if ((Octal(block.Slice(100, 8)) & 0xE00) != 0) throw new FormatException("rights");
        if (type == '5' && size != 0) throw new FormatException("content");
        if (type == 'x' && size is 0 or > 64 << 10) throw new FormatException("extended");
        return (prefix.Length > 0 ? $"{prefix}/{name}" : name, type, size);
    }

    private static void CheckRecords(ReadOnlySpan<byte> records)
    {
        var hasPath = false;
        while (records.Length > 0)
        {
            var space = records.IndexOf((byte)' ');
            if (space < 1 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > records.Length || records[length - 1] != '\n') throw new FormatException("damaged");
            var record = Utf8Text(records[(space + 1)..(length - 1)]).Split('=', 2);
            if (record[0] == "path" && record.Length == 2 && !hasPath) hasPath = true;
            else if (record[0] is not ("mtime" or "atime" or "ctime")) throw new FormatException("record");
            records = records[length..];
        }
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Utf8Text(end < 0 ? field : field[..end]);
    }

    private static string Utf8Text(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new FormatException("no text");

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (var b in field.Trim(" \0"u8)) value = b is >= (byte)'0' and <= (byte)'7' ? (value << 3) | (uint)(b - '0') : throw new FormatException("damaged");
        return value;
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        long sum = 8 * ' ';
        for (var i = 0; i < 512; i++) sum += i is >= 148 and < 156 ? 0 : block[i];
        return sum;
    }
}
