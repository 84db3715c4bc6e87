using System.IO.Compression;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class GzipReaderTests
{
    private static readonly byte[] Content = Sample(3_000);
    private static readonly byte[] Whole = SampleImage.Gzip(Content);

    // As gzip writes it; the framework writes no byte for no byte.
    private static readonly byte[] Nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(8192)]
    [DataRow(1 << 20)]
    public async Task One_member_or_several_are_read(int chunk)
    {
        CollectionAssert.AreEqual(Content, await ExpandAsync(Whole, chunk));
        CollectionAssert.AreEqual((byte[])[.. Content, .. Content], await ExpandAsync([.. Whole, .. Whole], chunk));
        CollectionAssert.AreEqual(Array.Empty<byte>(), await ExpandAsync(Nothing, chunk));
    }

    [TestMethod]
    public async Task A_member_that_ends_with_a_read_of_the_source_is_followed_by_the_next()
    {
        for (var size = 8192 - 40; size < 8192 + 10; size++)
        {
            var stored = Stored(Sample(size));
            Assert.HasCount(2 * size, await ExpandAsync([.. stored, .. stored], 8192), $"{stored.Length} bytes");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(8192)]
    public async Task A_source_that_is_cut_off_anywhere_is_refused(int chunk)
    {
        foreach (var whole in new[] { Whole, [.. Whole, .. Whole], Stored(Content), Nothing })
            for (var length = whole.Length - 1; length >= 0; length -= length > whole.Length - 30 || length < 30 ? 1 : 97)
            {
                // Between two members there is nothing to see: it is whole.
                if (length == Whole.Length && whole.Length == 2 * Whole.Length) continue;
                await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ExpandAsync(whole[..length], chunk), $"{length} of {whole.Length}");
            }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(8192)]
    public async Task Bytes_behind_the_end_are_refused(int chunk)
    {
        foreach (var more in new byte[][] { [0], [1, 2, 3], [0x1F], [0x1F, 0x8B], [0x1F, 0x8B, 8], new byte[20_000], Whole[1..] })
        {
            await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ExpandAsync([.. Whole, .. more], chunk), $"{more.Length} bytes");
            await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ExpandAsync([.. Whole, .. Whole, .. more], chunk), $"{more.Length} bytes");
        }
    }

    [TestMethod]
    public async Task A_flipped_bit_is_refused_or_changes_nothing()
    {
        for (var at = 0; at < Whole.Length; at += at < 30 ? 1 : 61)
        {
            byte[] flipped = [.. Whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            try
            {
                CollectionAssert.AreEqual(Content, await ExpandAsync(flipped, 8192), $"flipped at {at}");
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [TestMethod]
    public async Task What_the_source_itself_says_at_its_end_is_heard()
    {
        var descriptor = new Descriptor(MediaTypes.OciLayerGzip, Digest.Of(Content), Whole.Length);
        using var reader = new GzipReader(new VerifiedStream(new MemoryStream(Whole), descriptor, "memory"));
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => reader.CopyToAsync(Stream.Null));
        Assert.AreEqual(Diagnostics.DigestMismatch, e.Diagnostic);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_source_is_left_open_where_that_is_asked_for(bool leaveOpen)
    {
        var source = new MemoryStream(Whole);
        new GzipReader(source, leaveOpen).Dispose();
        Assert.AreEqual(leaveOpen, source.CanRead);
    }

    // Both ways to read must say the same.
    private static async Task<byte[]> ExpandAsync(byte[] bytes, int chunk)
    {
        var (now, later) = (Read(), await ReadAsync());
        if (now.Failure is not null && later.Failure is not null) throw now.Failure;
        Assert.AreEqual(now.Failure?.Message, later.Failure?.Message);
        CollectionAssert.AreEqual(now.Bytes, later.Bytes);
        return now.Bytes;

        (byte[] Bytes, InvalidDataException? Failure) Read()
        {
            using var plain = new MemoryStream();
            using var reader = new GzipReader(new Chunks(bytes, chunk));
            try
            {
                reader.CopyTo(plain, 1000);
                return (plain.ToArray(), null);
            }
            catch (InvalidDataException e) { return ([], e); }
        }

        async Task<(byte[] Bytes, InvalidDataException? Failure)> ReadAsync()
        {
            using var plain = new MemoryStream();
            using var reader = new GzipReader(new Chunks(bytes, chunk));
            try
            {
                await reader.CopyToAsync(plain, 333);
                return (plain.ToArray(), null);
            }
            catch (InvalidDataException e) { return ([], e); }
        }
    }

    private static byte[] Sample(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        for (var i = 0; i < size; i += 2) bytes[i] = 0;
        return bytes;
    }

    private static byte[] Stored(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }

    private sealed class Chunks(byte[] bytes, int chunk) : ReadOnlyStream
    {
        private readonly MemoryStream _bytes = new(bytes);

        public override int Read(Span<byte> buffer) => _bytes.Read(buffer[..Math.Min(buffer.Length, chunk)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _bytes.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
