using System.IO.Compression;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class GzipMemberStreamTests
{
    private const int Member = GzipMemberStream.MemberSize;

    // Far more than anything here takes; who waits longer waits forever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Deflate, no flags, no time, no extra flags, operating system unknown (RFC 1952).
    private static readonly byte[] Header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(Member - 1, 1)]
    [DataRow(Member, 1)]
    [DataRow(Member + 1, 2)]
    [DataRow(2 * Member, 2)]
    [DataRow(2 * Member + 1, 3)]
    public void Every_16_mib_are_a_member_with_the_same_header(int size, int members)
    {
        var compressed = Compress(Sample(size));
        Assert.AreEqual(members, Count(compressed));
        CollectionAssert.AreEqual(Header, compressed[..10]);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(100_000)]
    [DataRow(2 * Member + 12345)]
    public void The_content_comes_out_again(int size)
    {
        var content = Sample(size);
        using var gzip = new GZipStream(new MemoryStream(Compress(content)), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        Assert.IsTrue(plain.ToArray().AsSpan().SequenceEqual(content));
    }

    [TestMethod]
    public void Gzip_takes_all_members_for_one_file()
    {
        using var folder = new TestFolder();
        var file = folder.Write("x.gz", Compress(Sample(Member + 5)));
        Assert.AreEqual((0, "", ""), Gnu.Run("gzip", "-t", file));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(511)]
    [DataRow(64 << 10)]
    [DataRow(100_003)]
    public void The_bytes_do_not_depend_on_the_sizes_of_the_writes(int writes)
    {
        var content = Sample(700_001);
        Assert.IsTrue(Compress(content).AsSpan().SequenceEqual(Compress(content, writes)));
    }

    [TestMethod]
    public void The_bytes_do_not_depend_on_the_sizes_of_the_writes_at_the_border_of_members()
    {
        var content = Sample(Member + 100_000);
        Assert.IsTrue(Compress(content).AsSpan().SequenceEqual(Compress(content, 1_000_003)));
    }

    [TestMethod]
    public void A_member_is_what_the_runtimes_gzip_makes_of_blocks_of_64_kib()
    {
        var content = Sample(1_000_000);
        using var expected = new MemoryStream();
        using (var gzip = new GZipStream(expected, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var at = 0; at < content.Length; at += 64 << 10) gzip.Write(content.AsSpan(at, Math.Min(64 << 10, content.Length - at)));
        }
        Assert.IsTrue(Compress(content).AsSpan(10).SequenceEqual(expected.ToArray().AsSpan(10)));
    }

    [TestMethod]
    public void The_bytes_do_not_depend_on_the_number_of_cores()
    {
        var content = Sample(2 * Member + 1);
        Assert.IsTrue(Compress(content, cores: 1).AsSpan().SequenceEqual(Compress(content, cores: 4)));
    }

    [TestMethod]
    public void The_output_stays_open()
    {
        using var output = new MemoryStream();
        using (var budget = new PackingBudget(1))
        using (var gzip = new GzipMemberStream(output, budget, CancellationToken.None)) gzip.Complete();
        output.WriteByte(1);
        Assert.AreEqual(1, output.Length);
    }

    [TestMethod]
    public void Many_layers_share_the_budget_of_one_core_without_waiting_for_each_other()
    {
        using var budget = new PackingBudget(1);
        var block = new byte[1 << 20];
        var layers = Enumerable.Range(0, 12).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var gzip = new GzipMemberStream(Stream.Null, budget, CancellationToken.None);
                for (var i = 0; i < 33; i++) gzip.Write(block);
                gzip.Complete();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Assert.IsTrue(Task.WaitAll(layers, TimeSpan.FromSeconds(60)));
    }

    [TestMethod]
    public void A_layer_that_fails_gives_its_slots_back()
    {
        using var budget = new PackingBudget(1);
        using var within = new CancellationTokenSource(Patience);
        for (var i = 0; i < 5; i++)
        {
            using var gzip = new GzipMemberStream(new FullStream(), budget, within.Token);
            gzip.Write(new byte[100]);
            Assert.ThrowsExactly<IOException>(gzip.Complete);
        }
        AllSlotsAreThere(budget);
    }

    [TestMethod]
    public void A_layer_that_is_given_up_gives_its_slots_back()
    {
        using var budget = new PackingBudget(1);
        using var within = new CancellationTokenSource(Patience);
        for (var i = 0; i < 3; i++)
        {
            using var gzip = new GzipMemberStream(Stream.Null, budget, within.Token);
            gzip.Write(new byte[Member + 1]);
        }
        AllSlotsAreThere(budget);
    }

    [TestMethod]
    public void A_layer_that_waits_for_a_slot_can_be_cancelled()
    {
        using var budget = new PackingBudget(1);
        using var first = new GzipMemberStream(Stream.Null, budget, CancellationToken.None);
        using var second = new GzipMemberStream(Stream.Null, budget, CancellationToken.None);
        first.Write([1]);
        second.Write([1]);
        using var cancelled = new CancellationTokenSource(50);
        using (var third = new GzipMemberStream(Stream.Null, budget, cancelled.Token))
            Assert.ThrowsExactly<OperationCanceledException>(() => third.Write([1]));
        first.Complete();
        second.Complete();
        AllSlotsAreThere(budget);
    }

    [TestMethod]
    public void A_layer_that_is_cancelled_gives_its_slots_back()
    {
        using var budget = new PackingBudget(1);
        for (var i = 0; i < 3; i++)
        {
            using var cancelled = new CancellationTokenSource(Patience);
            using var gzip = new GzipMemberStream(Stream.Null, budget, cancelled.Token);
            gzip.Write(new byte[100]);
            cancelled.Cancel();
            Assert.Throws<OperationCanceledException>(gzip.Complete);
        }
        AllSlotsAreThere(budget);
    }

    // Two slots belong to one core; two layers that are both being filled need both.
    private static void AllSlotsAreThere(PackingBudget budget)
    {
        using var within = new CancellationTokenSource(Patience);
        using var first = new GzipMemberStream(Stream.Null, budget, within.Token);
        using var second = new GzipMemberStream(Stream.Null, budget, within.Token);
        first.Write([1]);
        second.Write([1]);
        first.Complete();
        second.Complete();
    }

    private static byte[] Compress(byte[] content, int writes = int.MaxValue, int cores = 2)
    {
        using var output = new MemoryStream();
        using var budget = new PackingBudget(cores);
        using var gzip = new GzipMemberStream(output, budget, CancellationToken.None);
        for (var at = 0; at < content.Length; at += Math.Min(writes, content.Length - at))
            gzip.Write(content.AsSpan(at, Math.Min(writes, content.Length - at)));
        gzip.Complete();
        return output.ToArray();
    }

    // Some of it random, most of it not: it compresses, fast, and not to nothing.
    private static byte[] Sample(int size)
    {
        var content = new byte[size];
        var random = new Random(size);
        for (var at = 0; at < size; at += 100_000) random.NextBytes(content.AsSpan(at, Math.Min(5_000, size - at)));
        return content;
    }

    private static int Count(byte[] compressed)
    {
        var count = 0;
        for (var at = 0; compressed.AsSpan(at).IndexOf(Header) is >= 0 and var next; at += next + 1) count++;
        return count;
    }

    private sealed class FullStream : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("no room");
    }
}
