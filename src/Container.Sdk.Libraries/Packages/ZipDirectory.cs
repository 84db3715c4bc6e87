using System.Buffers.Binary;

namespace Container.Sdk.Libraries;

/// <summary>
/// Walks the directory of a zip before the framework reads it: that takes every header into memory, however many there
/// are, and compares their number with the promised one only then. A zip of more than 4 GiB or 65,534 entries is none here.
/// </summary>
internal static class ZipDirectory
{
    private const int EndSize = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int HeaderSize = 46;
    private const string Damaged = "the directory of its zip is damaged";

    /// <summary>Why the zip is not to be opened, or <c>null</c>.</summary>
    public static string? Fault(Stream file, int mostEntries)
    {
        if (file.Length > int.MaxValue) return $"its package has more than {int.MaxValue} bytes";
        var tail = new byte[(int)Math.Min(file.Length, EndSize + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.Length < EndSize ? -1 : tail.AsSpan(0, tail.Length - EndSize + 4).LastIndexOf("PK\x05\x06"u8);
        if (end < 0) return "it is no zip";
        var (count, start) = (Word(tail, end + 10), Number(tail, end + 16));
        if (count > mostEntries) return TooMany(mostEntries);
        return start < file.Length ? Walk(file, start, file.Length - tail.Length + end, count, mostEntries) : "its directory lies outside of it";
    }

    private static string? Walk(Stream file, long start, long end, int count, int mostEntries)
    {
        var header = new byte[HeaderSize];
        var (at, entries) = (start, 0);
        for (; at < end; entries++)
        {
            file.Position = at;
            if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header.AsSpan().StartsWith("PK\x01\x02"u8)) return Damaged;
            if (entries == mostEntries) return TooMany(mostEntries);
            if (Number(header, 42) >= start) return Damaged;
            at += HeaderSize + Word(header, 28) + Word(header, 30) + Word(header, 32);
        }
        return at == end && entries == count ? null : Damaged;
    }

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static string TooMany(int most) => $"it has more than {most} entries";
}
