using System.Text;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class LargeFileTests
{
    private const long Size = (8L << 30) + 5;

    [TestMethod]
    public void A_file_over_8_GiB_is_packed_whole_with_its_size_in_a_record()
    {
        var path = Path.Combine(Path.GetTempPath(), $"csdk-large-{Guid.NewGuid():N}");
        try
        {
            // Sparse: it takes no room on the disk.
            using (var file = new FileStream(path, FileMode.CreateNew)) file.SetLength(Size);
            var content = FileHashing.Read(path);
            Assert.AreEqual(Size, content.Length);
            var tar = new Head();
            LayerTar.Write([new LayerEntry("app/large.bin", content, LayerEntry.DataMode)], tar, default);
            // The folder; the record's header and its block; the file's header; the content, padded; the end.
            Assert.AreEqual(512 + 1024 + 512 + Size + TarHeader.Padding(Size) + 1024, tar.Count);
            Assert.Contains($"size={Size}\n", Encoding.ASCII.GetString(tar.First));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Head : WriteOnlyStream
    {
        private readonly MemoryStream _first = new();

        public long Count { get; private set; }

        public byte[] First => _first.ToArray();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Count < 4096) _first.Write(buffer);
            Count += buffer.Length;
        }
    }
}
