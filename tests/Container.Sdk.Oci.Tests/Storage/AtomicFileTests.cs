namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class AtomicFileTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_file_is_written_with_the_folders_above_it(bool durable)
    {
        using var folder = new TestFolder();
        AtomicFile.Write(folder["a/b/c"], "x"u8, durable);
        Assert.AreEqual("a|a/b|a/b/c", string.Join('|', folder.Names));
        Assert.AreEqual("x", File.ReadAllText(folder["a/b/c"]));
    }

    [TestMethod]
    public void A_file_is_written_over_what_was_there()
    {
        using var folder = new TestFolder();
        folder.Write("a", "much longer than what comes"u8.ToArray());
        AtomicFile.Write(folder["a"], "x"u8);
        Assert.AreEqual("x", File.ReadAllText(folder["a"]));
    }

    [TestMethod]
    public async Task A_reader_sees_one_writers_whole_content()
    {
        using var folder = new TestFolder();
        var path = folder["a"];
        AtomicFile.Write(path, Content('a'), durable: false);
        var writers = Task.WhenAll("abc".Select(c => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++) AtomicFile.Write(path, Content(c), durable: false);
        })));
        while (!writers.IsCompleted)
        {
            var read = await File.ReadAllBytesAsync(path);
            Assert.HasCount(100_000, read);
            Assert.IsLessThan(0, read.AsSpan().IndexOfAnyExcept(read[0]));
        }
        await writers;
        Assert.AreEqual("a", string.Join('|', folder.Names));

        static byte[] Content(char c)
        {
            var bytes = new byte[100_000];
            Array.Fill(bytes, (byte)c);
            return bytes;
        }
    }

    [TestMethod]
    public void What_a_killed_writer_left_is_known_and_in_nobodys_way()
    {
        using var folder = new TestFolder();
        var left = AtomicFile.PartialName(folder["a"]);
        File.WriteAllText(left, "half of i");
        AtomicFile.Write(folder["a"], "all of it"u8);
        Assert.AreEqual("all of it", File.ReadAllText(folder["a"]));
        Assert.IsTrue(AtomicFile.IsPartial(left));
        Assert.IsFalse(AtomicFile.IsPartial(folder["a"]));
    }

    [TestMethod]
    public void Partial_names_lie_on_the_same_disk_and_are_never_the_same()
    {
        var (one, two) = (AtomicFile.PartialName("/x/a"), AtomicFile.PartialName("/x/a"));
        Assert.AreEqual("/x", Path.GetDirectoryName(one));
        Assert.AreNotEqual(one, two);
    }

    [TestMethod]
    public void A_place_that_cannot_be_written_has_a_code_and_nothing_is_left()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        Directory.CreateDirectory(folder["taken"]);
        Expect.Failure(Diagnostics.NotWritable, () => AtomicFile.Write(folder["file/below"], "x"u8));
        Expect.Failure(Diagnostics.NotWritable, () => AtomicFile.Write(folder["taken"], "x"u8));
        Assert.AreEqual("file|taken", string.Join('|', folder.Names));
    }

    [TestMethod]
    public void A_full_disk_has_a_code_and_nothing_is_left()
    {
        using var disk = TinyDisk.Mount();
        var path = Path.Combine(disk.Path, "a");
        AtomicFile.Write(path, "old"u8);
        Expect.Failure(Diagnostics.DiskFull, () => AtomicFile.Write(path, new byte[TinyDisk.Size]));
        Assert.AreEqual("a", string.Join('|', disk.Files));
        Assert.AreEqual("old", File.ReadAllText(path));
    }
}
