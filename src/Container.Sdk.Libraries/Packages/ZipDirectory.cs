using System.Buffers.Binary;

namespace Container.Sdk.Libraries;

/// <summary>
/// Counts the entries of a zip before the framework reads them: it takes every header into memory, however many there
/// are, and compares their number with the promised one only then.
/// </summary>
internal static class ZipDirectory
{
    private const int EndSize = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int HeaderSize = 46;

    /// <summary>Why the zip is not to be opened, or <c>null</c>.</summary>
    public static string? Fault(Stream file, int mostEntries)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndSize + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.Length < EndSize ? -1 : tail.AsSpan(0, tail.Length - EndSize + 4).LastIndexOf("PK\x05\x06"u8);
        if (end < 0) return "it is no zip";
        var (count, start) = (Word(tail, end + 10), BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16)));
        if (count > mostEntries) return TooMany(mostEntries);
        if (start >= file.Length) return "its directory lies outside of it";
        return Walk(file, start, mostEntries);
    }

    private static string? Walk(Stream file, long at, int mostEntries)
    {
        var header = new byte[HeaderSize];
        for (var entries = 0; ; entries++)
        {
            file.Position = at;
            if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header.AsSpan().StartsWith("PK\x01\x02"u8)) return null;
            if (entries == mostEntries) return TooMany(mostEntries);
            at += HeaderSize + Word(header, 28) + Word(header, 30) + Word(header, 32);
        }
    }

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static string TooMany(int most) => $"it has more than {most} entries";
}
