using System.Globalization;
using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>
/// The header of an entry in a library's layer. Only what such a layer needs is read: files, directories, and PAX for long
/// names; all else is refused. The framework's reader takes a header's word for its size and reserves up to 2 GiB.
/// </summary>
internal readonly record struct LayerHeader(string Name, char Type, long Size)
{
    /// <summary>The most bytes of an extended header.</summary>
    public const int LargestExtension = 64 << 10;

    private const long SetIdBits = 0xE00; // 07000

    /// <summary>Whether it is about the entry after it.</summary>
    public bool IsExtension => Type == 'x';

    /// <summary>Reads a block.</summary>
    /// <exception cref="FormatException">It is no header, or one of something else.</exception>
    public static LayerHeader Parse(ReadOnlySpan<byte> block)
    {
        if (Octal(block.Slice(148, 8)) != Sum(block)) throw new FormatException("has a damaged header");
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : "";
        var name = Text(block[..100]);
        var header = new LayerHeader(prefix.Length > 0 ? $"{prefix}/{name}" : name, block[156] == 0 ? '0' : (char)block[156], Octal(block.Slice(124, 12)));
        if (header.Type is not ('0' or '5' or 'x')) throw new FormatException($"has '{header.Name}', which is neither a file nor a directory");
        if ((Octal(block.Slice(100, 8)) & SetIdBits) != 0) throw new FormatException($"has '{header.Name}' with more rights than a file of a library needs");
        if (header.Type == '5' && header.Size != 0) throw new FormatException($"has the directory '{header.Name}' with a content");
        if (header.IsExtension && header.Size is 0 or > LargestExtension) throw new FormatException($"has an extended header of {header.Size} bytes");
        return header;
    }

    /// <summary>The name that an extended header gives; <c>null</c> where it says nothing but times.</summary>
    /// <exception cref="FormatException">It is damaged, or says something else.</exception>
    public static string? PathIn(ReadOnlySpan<byte> records)
    {
        string? path = null;
        while (records.Length > 0)
        {
            var space = records.IndexOf((byte)' ');
            if (space < 1 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > records.Length || records[length - 1] != '\n')
                throw new FormatException("has a damaged extended header");
            var record = Utf8(records[(space + 1)..(length - 1)]).Split('=', 2);
            if (record[0] == "path" && record.Length == 2 && path is null) path = record[1];
            else if (record[0] is not ("mtime" or "atime" or "ctime")) throw new FormatException($"has an extended header with '{record[0]}'");
            records = records[length..];
        }
        return path;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Utf8(end < 0 ? field : field[..end]);
    }

    private static string Utf8(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new FormatException("has a name that is no text");

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (var b in field.Trim(" \0"u8))
            value = b is >= (byte)'0' and <= (byte)'7' ? (value << 3) | (uint)(b - '0') : throw new FormatException("has a damaged header");
        return value;
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        long sum = 8 * ' ';
        for (var i = 0; i < TarHeader.BlockSize; i++) sum += i is >= 148 and < 156 ? 0 : block[i];
        return sum;
    }
}
