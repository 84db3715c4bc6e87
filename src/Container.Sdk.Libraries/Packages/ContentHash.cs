using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Container.Sdk.Libraries;

/// <summary>
/// The hash by which NuGet knows a package in lock files: SHA-512 of the zip as it was before it was signed, so that a
/// signature makes no other package. The bytes of the zip are hashed as if the signature had never been added.
/// </summary>
internal static class ContentHash
{
    private const string Signature = ".signature.p7s";
    private const int HeaderSize = 46, OffsetField = 42, EndSize = 22;

    /// <summary>The hash of a package whose directory was found in order, in base64.</summary>
    public static string Of(string nupkg, NuGetPackage package)
    {
        if (!package.Files.Any(f => f.Path == Signature)) return OfFile(nupkg);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var zip = File.ReadAllBytes(nupkg);
        var end = zip.AsSpan(0, zip.Length - EndSize + 4).LastIndexOf("PK\x05\x06"u8);
        var records = Records(zip, end);
        if (records.Find(r => r.Name == Signature) is not { } signature) return OfFile(nupkg); // Its name is escaped, so it is another file to NuGet.
        Append(hash, zip, end, records, signature);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>The hash of the whole file, in base64.</summary>
    public static string OfFile(string nupkg)
    {
        using var file = File.OpenRead(nupkg);
        return Convert.ToBase64String(SHA512.HashData(file));
    }

    private static void Append(IncrementalHash hash, byte[] zip, int end, List<Record> records, Record signature)
    {
        var directory = Start(zip, end);
        // An entry reaches to the next one, or to the directory.
        var next = records.Select(r => r.Entry).Where(e => e > signature.Entry).DefaultIfEmpty(directory).Min();
        var entrySize = (uint)(next - signature.Entry);
        hash.AppendData(zip, 0, signature.Entry);
        hash.AppendData(zip, next, directory - next);
        foreach (var record in records.Where(r => r != signature))
        {
            var bytes = zip.AsSpan(record.At, record.Size).ToArray();
            if (record.Entry > signature.Entry) Subtract(bytes.AsSpan(OffsetField), entrySize);
            hash.AppendData(bytes);
        }
        var tail = zip[end..];
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(8), (ushort)(records.Count - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(10), (ushort)(records.Count - 1));
        Subtract(tail.AsSpan(12), (uint)signature.Size);
        Subtract(tail.AsSpan(16), entrySize);
        hash.AppendData(tail);
    }

    private static List<Record> Records(byte[] zip, int end)
    {
        var records = new List<Record>();
        for (var at = Start(zip, end); at < end; at += records[^1].Size)
        {
            var header = zip.AsSpan(at);
            var name = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            var size = HeaderSize + name + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            records.Add(new Record(System.Text.Encoding.UTF8.GetString(header.Slice(HeaderSize, name)), at, size, (int)BinaryPrimitives.ReadUInt32LittleEndian(header[OffsetField..])));
        }
        return records;
    }

    private static int Start(byte[] zip, int end) => (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 16));

    private static void Subtract(Span<byte> field, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(field, BinaryPrimitives.ReadUInt32LittleEndian(field) - value);

    private sealed record Record(string Name, int At, int Size, int Entry);
}
