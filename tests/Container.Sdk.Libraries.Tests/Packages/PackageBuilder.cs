using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Container.Sdk.Libraries.Tests;

/// <summary>Makes a package as it should be, or as it should not.</summary>
internal sealed class PackageBuilder
{
    private readonly List<(string Name, byte[] Content, int Attributes, CompressionLevel Level)> _entries = [];

    /// <summary>A package with a nuspec, whose files each hold their own path.</summary>
    public static PackageBuilder Of(params string[] files) => files.Aggregate(new PackageBuilder().Nuspec(), (b, f) => b.File(f));

    public PackageBuilder Nuspec(string metadata = "", string id = "Acme.Lib", string version = "1.2.3", string name = "Acme.Lib.nuspec") => File(name, $"""
        <?xml version="1.0"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata><id>{id}</id><version>{version}</version><authors>a</authors><description>d</description>{metadata}</metadata>
        </package>
        """);

    public PackageBuilder File(string name, string? content = null, int attributes = 0) => File(name, Encoding.UTF8.GetBytes(content ?? name), attributes);

    public PackageBuilder File(string name, byte[] content, int attributes = 0, CompressionLevel level = CompressionLevel.Optimal)
    {
        _entries.Add((name, content, attributes, level));
        return this;
    }

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, attributes, level) in _entries)
            {
                var entry = zip.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                entry.ExternalAttributes = attributes;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }

    public NuGetPackage Read()
    {
        using var folder = new WorkFolder();
        return NuGetPackage.Read(folder.Write("a.nupkg", ToArray()), "the package");
    }

    /// <summary>Changes a field of an entry in the directory at the zip's end, and leaves the entry itself as it is.</summary>
    public static byte[] Patch(byte[] zip, string name, int field, uint value, int size = 4)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        for (var at = 0; (at = IndexOf(zip, "PK\x01\x02"u8, at)) >= 0; at++)
        {
            if (!zip.AsSpan(at + 46).StartsWith(bytes) || BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28)) != bytes.Length) continue;
            Write(zip.AsSpan(at + field), value, size);
            return zip;
        }
        throw new InvalidOperationException($"no entry {name}");
    }

    /// <summary>Changes how many entries the end of the zip promises.</summary>
    public static byte[] PatchCount(byte[] zip, ushort count)
    {
        var end = zip.AsSpan().LastIndexOf("PK\x05\x06"u8);
        Write(zip.AsSpan(end + 8), count, 2);
        Write(zip.AsSpan(end + 10), count, 2);
        return zip;
    }

    private static void Write(Span<byte> field, uint value, int size)
    {
        if (size == 2) BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)value);
        else BinaryPrimitives.WriteUInt32LittleEndian(field, value);
    }

    private static int IndexOf(byte[] zip, ReadOnlySpan<byte> signature, int from) =>
        zip.AsSpan(from).IndexOf(signature) is var found and >= 0 ? found + from : -1;
}
