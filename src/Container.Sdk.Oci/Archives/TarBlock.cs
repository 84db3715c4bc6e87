using System.Text;

namespace Container.Sdk.Oci;

/// <summary>Reads the fields of one tar header block: ustar, and GNU's large numbers.</summary>
internal readonly ref struct TarBlock(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Whether it is an end marker.</summary>
    public bool IsZero => !_bytes.ContainsAnyExcept((byte)0);

    public char Type => (char)_bytes[156];

    public string LinkTarget => Text(157, 100);

    /// <summary>The name. GNU's own format has other things where ustar has the prefix; its magic ends in a space.</summary>
    public string Name
    {
        get
        {
            var prefix = _bytes.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(345, 155) : "";
            return prefix.Length == 0 ? Text(0, 100) : $"{prefix}/{Text(0, 100)}";
        }
    }

    /// <summary>The size, or -1 where the field holds no size.</summary>
    public long Size
    {
        get
        {
            var bytes = _bytes.Slice(124, 12);
            return (bytes[0] & 0x80) != 0 ? LargeNumber(bytes) : Octal(bytes);
        }
    }

    /// <summary>Whether the checksum is right. Old writers added the bytes up as signed numbers.</summary>
    public bool IsIntact
    {
        get
        {
            long unsigned = 0, signed = 0;
            for (var i = 0; i < _bytes.Length; i++)
            {
                var b = i is >= 148 and < 156 ? (byte)' ' : _bytes[i];
                unsigned += b;
                signed += (sbyte)b;
            }
            var expected = Octal(_bytes.Slice(148, 8));
            return expected >= 0 && (expected == unsigned || expected == signed);
        }
    }

    private string Text(int start, int length)
    {
        var field = _bytes.Slice(start, length);
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
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

    // Big-endian, two's complement; the first bit only says that it is one. More than 63 bits, and negative ones, are no size.
    private static long LargeNumber(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x7F) != 0 || field[1..4].ContainsAnyExcept((byte)0) || field[4] >= 0x80) return -1;
        long value = 0;
        foreach (var b in field[4..]) value = (value << 8) | b;
        return value;
    }
}
