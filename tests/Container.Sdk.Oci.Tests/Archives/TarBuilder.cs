using System.Buffers;
using System.Globalization;
using System.Text;

namespace Container.Sdk.Oci.Tests.Archives;

/// <summary>Writes a tar as it should be, or as it should not.</summary>
internal sealed class TarBuilder
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public static TarBuilder Of(params (string Name, byte[] Content)[] files) =>
        files.Aggregate(new TarBuilder(), (tar, file) => tar.File(file.Name, file.Content));

    public TarBuilder File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    public TarBuilder File(string name, byte[] content) => Header(name, '0', Octal(content.Length)).Content(content);

    public TarBuilder Link(string name, char type, string target) => Header(name, type, Octal(0), target);

    /// <summary>An extended header: PAX records, or a long name of GNU's.</summary>
    public TarBuilder Extended(char type, byte[] content) => Header("extended", type, Octal(content.Length)).Content(content);

    public TarBuilder Pax(string key, string value)
    {
        var body = $" {key}={value}\n";
        var length = Encoding.UTF8.GetByteCount(body);
        for (var digits = 1; ; digits++)
        {
            var record = (length + digits).ToString(CultureInfo.InvariantCulture);
            if (record.Length == digits) return Extended('x', Encoding.UTF8.GetBytes(record + body));
        }
    }

    public TarBuilder Header(string name, char type, byte[] size, string target = "")
    {
        var block = new byte[512];
        Encoding.UTF8.GetBytes(name).CopyTo(block, 0);
        "0000644\0"u8.CopyTo(block.AsSpan(100));
        size.CopyTo(block, 124);
        "00000000000\0"u8.CopyTo(block.AsSpan(136));
        block.AsSpan(148, 8).Fill((byte)' ');
        block[156] = (byte)type;
        Encoding.UTF8.GetBytes(target).CopyTo(block, 157);
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
        _bytes.Write(block);
        return this;
    }

    public TarBuilder Content(byte[] content)
    {
        _bytes.Write(content);
        _bytes.Write(new byte[-content.Length & 511]);
        return this;
    }

    public byte[] ToArray() => [.. _bytes.WrittenSpan, .. new byte[1024]];

    public static byte[] Octal(long size) => Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
}
