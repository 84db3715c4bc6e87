using System.Globalization;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>Damages a tar as chance or an attacker would: mostly in headers, whose checksum is put right again.</summary>
public static class TarMutations
{
    private const string Kinds = "01234567xgLKSVDNA\0";

    private static readonly byte[] Bytes = [0, 1, (byte)' ', (byte)'/', (byte)'.', (byte)'0', (byte)'7', (byte)'8', 0x7F, 0x80, 0xC3, 0xFF];

    private static readonly (int Start, int Length)[] Fields =
        [(0, 100), (100, 8), (108, 8), (116, 8), (124, 12), (136, 12), (156, 1), (157, 100), (257, 8), (265, 64), (329, 16), (345, 155), (500, 12)];

    private static readonly string[] Records =
    [
        "path=x", "path=", "path=../x", "path=a\0b", "linkpath=x", "size=0", "size=1", "size=512", "size=", "size=-1", "size=9223372036854775807", "uid=5", "uid=x", "gid=",
        "mtime=1.5", "atime=1", "comment=x", "SCHILY.xattr.user.a=1", "GNU.sparse.major=1", "hdrcharset=BINARY", "=x", "path", "\u00ff=1",
    ];

    /// <summary>A damaged copy.</summary>
    public static byte[] Mutate(byte[] tar, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--) tar = MutateOnce(tar, random);
        return tar;
    }

    private static byte[] MutateOnce(byte[] tar, Random random)
    {
        var headers = Enumerable.Range(0, tar.Length / 512).Select(i => i * 512).Where(at => IsHeader(tar.AsSpan(at, 512))).ToList();
        if (headers.Count == 0 || tar.Length < 1024) return tar;
        var (header, block) = (headers[random.Next(headers.Count)], random.Next(tar.Length / 512) * 512);
        switch (random.Next(12))
        {
            case 0: return tar[..random.Next(tar.Length)];
            case 1: return [.. tar[..block], .. tar[(block + 512)..]];
            case 2: return [.. tar[..(block + 512)], .. tar[block..]];
            case 3: return [.. tar[..header], .. Extension(random), .. tar[header..]];
            case 4:
                var changed = (byte[])tar.Clone();
                changed[random.Next(tar.Length)] ^= (byte)(1 << random.Next(8));
                return changed;
            default: return ChangeHeader((byte[])tar.Clone(), header, random);
        }
    }

    private static byte[] ChangeHeader(byte[] tar, int at, Random random)
    {
        var block = tar.AsSpan(at, 512);
        var (start, length) = Fields[random.Next(Fields.Length)];
        switch (random.Next(4))
        {
            case 0: block[156] = (byte)Kinds[random.Next(Kinds.Length)]; break;
            case 1: Number(random).CopyTo(block[124..]); break;
            case 2: block[start + random.Next(length)] = Bytes[random.Next(Bytes.Length)]; break;
            default: block.Slice(start, length).Fill(Bytes[random.Next(Bytes.Length)]); break;
        }
        if (random.Next(10) > 0) Seal(block, signed: random.Next(10) == 0);
        return tar;
    }

    private static byte[] Number(Random random)
    {
        if (random.Next(4) == 0) return [(byte)(0x80 | random.Next(2)), .. new byte[9], (byte)random.Next(4), (byte)random.Next(256)];
        long[] sizes = [0, 1, 511, 512, 513, random.Next(5000), 1L << 32, (1L << 33) - 1];
        return Encoding.ASCII.GetBytes(Convert.ToString(sizes[random.Next(sizes.Length)], 8).PadLeft(11, '0') + (random.Next(2) == 0 ? "\0" : " "));
    }

    private static byte[] Extension(Random random)
    {
        var kind = "xxxxLKg"[random.Next(7)];
        byte[] content = kind == 'x' ? [.. Enumerable.Range(0, random.Next(1, 3)).SelectMany(_ => Record(Records[random.Next(Records.Length)]))] : [.. "a/long/name"u8, .. new byte[random.Next(2)]];
        var block = new byte[512];
        "extended"u8.CopyTo(block);
        Encoding.ASCII.GetBytes(random.Next(8) == 0 ? "0004755" : "0000644").CopyTo(block, 100);
        Encoding.ASCII.GetBytes(Convert.ToString(content.Length, 8).PadLeft(11, '0')).CopyTo(block, 124);
        block[156] = (byte)kind;
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        Seal(block, signed: false);
        return [.. block, .. content, .. new byte[-content.Length & 511]];
    }

    private static byte[] Record(string record)
    {
        byte[] body = [(byte)' ', .. Encoding.Latin1.GetBytes(record), (byte)'\n'];
        var length = body.Length + 1;
        while (length.ToString(CultureInfo.InvariantCulture).Length + body.Length != length) length++;
        return [.. Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)), .. body];
    }

    private static bool IsHeader(ReadOnlySpan<byte> block) =>
        block.ContainsAnyExcept((byte)0) && Encoding.ASCII.GetString(block.Slice(148, 6)) == Convert.ToString(Sum(block, signed: false), 8).PadLeft(6, '0');

    private static void Seal(Span<byte> block, bool signed) =>
        Encoding.ASCII.GetBytes(Convert.ToString(Math.Max(0, Sum(block, signed)), 8).PadLeft(6, '0') + "\0 ").CopyTo(block[148..]);

    private static int Sum(ReadOnlySpan<byte> block, bool signed)
    {
        var sum = 0;
        for (var i = 0; i < 512; i++) sum += i is >= 148 and < 156 ? ' ' : signed ? (sbyte)block[i] : block[i];
        return sum;
    }
}
