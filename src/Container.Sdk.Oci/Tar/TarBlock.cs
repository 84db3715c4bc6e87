using System.Text;
using System.Text.Unicode;

namespace Container.Sdk.Oci;

/// <summary>Reads the fields of one tar header block: ustar, and GNU's binary numbers.</summary>
internal readonly ref struct TarBlock(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Whether it is an end marker.</summary>
    public bool IsZero => !_bytes.ContainsAnyExcept((byte)0);

    /// <summary>The kind of entry; the flag of a file was a zero byte before POSIX.</summary>
    public TarEntryKind Kind => _bytes[156] == 0 ? TarEntryKind.File : (TarEntryKind)_bytes[156];

    public string LinkTarget => Text(_bytes.Slice(157, 100));

    /// <summary>The name. GNU's own format has other things where ustar has the prefix; its magic ends in a space.</summary>
    public string Name
    {
        get
        {
            var prefix = _bytes.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(_bytes.Slice(345, 155)) : "";
            return prefix.Length == 0 ? Text(_bytes[..100]) : $"{prefix}/{Text(_bytes[..100])}";
        }
    }

    /// <summary>Whether the checksum is right.</summary>
    /// <param name="allowSigned">Whether the sum of the bytes as signed numbers is right too: so did old writers.</param>
    public bool IsIntact(bool allowSigned)
    {
        long unsigned = 0, signed = 0;
        for (var i = 0; i < _bytes.Length; i++)
        {
            var b = i is >= 148 and < 156 ? (byte)' ' : _bytes[i];
            unsigned += b;
            signed += (sbyte)b;
        }
        return Octal(_bytes.Slice(148, 8)) is { } sum && (sum == unsigned || (allowSigned && sum == signed));
    }

    /// <summary>A number that is not negative; <c>null</c> where the field has something else.</summary>
    public long? Number(int start, int length, bool allowBinary = false)
    {
        var field = _bytes.Slice(start, length);
        return allowBinary && (field[0] & 0x80) != 0 ? Binary(field) : Octal(field);
    }

    /// <summary>Text up to the first zero byte.</summary>
    /// <exception cref="FormatException">It is no UTF-8; written back it would be another name.</exception>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var text = end < 0 ? field : field[..end];
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new FormatException("has a name that is no text");
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (var b in field.Trim(" \0"u8))
        {
            if (b is < (byte)'0' or > (byte)'7') return null;
            value = (value << 3) | (uint)(b - '0');
        }
        return value;
    }

    // Big-endian, two's complement; the first bit only says that it is one. Negative ones, and those of more than 63 bits, are none of ours.
    private static long? Binary(ReadOnlySpan<byte> field)
    {
        long value = field[0] & 0x7F;
        foreach (var b in field[1..])
        {
            if (value > long.MaxValue >> 8) return null;
            value = (value << 8) | b;
        }
        return value;
    }
}
