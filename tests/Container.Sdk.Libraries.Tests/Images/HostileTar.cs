using System.Buffers;
using System.Globalization;
using System.Text;

namespace Container.Sdk.Libraries.Tests;

/// <summary>Writes a tar as it should be, or as it should not.</summary>
internal sealed class HostileTar
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The layer with the package.</summary>
    public static HostileTar OfPackage(byte[] nupkg, string name = "packages/Acme.Lib.1.2.3.nupkg") => new HostileTar().Folder("packages/").File(name, nupkg);

    /// <summary>The layer with an app's files, each of which holds its own path in the package.</summary>
    public static HostileTar OfApp(params (string AppPath, string Content)[] files) =>
        files.Aggregate(new HostileTar().Folder("app/"), (tar, f) => tar.File("app/" + f.AppPath, f.Content));

    public HostileTar Folder(string name) => Header(name, '5', 0);

    public HostileTar File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    public HostileTar File(string name, byte[] content, int mode = 0x1A4) => Header(name, '0', content.Length, mode).Raw(content);

    public HostileTar Pax(params (string Key, string Value)[] records)
    {
        var content = records.SelectMany(r => Record(r.Key, r.Value)).ToArray();
        return Header("pax", 'x', content.Length).Raw(content);
    }

    public HostileTar Raw(byte[] content)
    {
        _bytes.Write(content);
        _bytes.Write(new byte[-content.Length & 511]);
        return this;
    }

    public HostileTar Header(string name, char type, long size, int mode = 0x1A4, bool damaged = false)
    {
        var block = new byte[512];
        Encoding.UTF8.GetBytes(name).CopyTo(block, 0);
        Octal(mode, 7).CopyTo(block, 100);
        Octal(size, 11).CopyTo(block, 124);
        "00000000000\0"u8.CopyTo(block.AsSpan(136));
        block.AsSpan(148, 8).Fill((byte)' ');
        block[156] = (byte)type;
        "../target"u8.CopyTo(block.AsSpan(157));
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(b => b) + (damaged ? 1 : 0), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
        _bytes.Write(block);
        return this;
    }

    public byte[] WithoutEnd() => _bytes.WrittenSpan.ToArray();

    public byte[] ToArray() => [.. _bytes.WrittenSpan, .. new byte[1024]];

    private static byte[] Octal(long value, int digits) => Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(digits, '0') + "\0");

    private static byte[] Record(string key, string value)
    {
        var body = $" {key}={value}\n";
        var length = Encoding.UTF8.GetByteCount(body) + 1;
        while (length.ToString(CultureInfo.InvariantCulture).Length + Encoding.UTF8.GetByteCount(body) != length) length++;
        return Encoding.UTF8.GetBytes(length.ToString(CultureInfo.InvariantCulture) + body);
    }
}
