using System.Formats.Tar;
using Container.Sdk.Oci.Tests.Archives;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class LayerTarTests
{
    [TestMethod]
    public void Entries_come_in_the_order_of_a_walk_whatever_their_order_was()
    {
        using var files = new LayerFiles().File("app/b").File("app/a.txt").File("app/a/b").File("app/a/a").File("app/a-b");
        Assert.AreEqual("app/|app/a/|app/a/a|app/a/b|app/a-b|app/a.txt|app/b", Names(files));
    }

    [TestMethod]
    public void Each_parent_directory_comes_once_before_its_children()
    {
        using var files = new LayerFiles().File("a/b/c/1").File("a/b/c/2").File("a/b/d/1").File("a/x");
        Assert.AreEqual("a/|a/b/|a/b/c/|a/b/c/1|a/b/c/2|a/b/d/|a/b/d/1|a/x", Names(files));
    }

    [TestMethod]
    public void A_directory_that_is_given_has_its_own_mode_and_comes_once()
    {
        using var files = new LayerFiles().File("app/data/x").Directory("app/data", LayerEntry.LinkMode);
        var entries = TarFiles.Entries(files.Tar());
        Assert.AreEqual("app/|app/data/|app/data/x", string.Join('|', entries.Select(e => e.Name)));
        Assert.AreEqual(LayerEntry.LinkMode, entries[1].Mode);
    }

    [TestMethod]
    public void Entries_have_their_modes_and_directories_can_be_entered()
    {
        using var files = new LayerFiles().File("app/data").File("app/program", mode: LayerEntry.ProgramMode).Link("app/z", "data");
        Assert.AreEqual(
            "Directory 755|RegularFile 644|RegularFile 755|SymbolicLink 777",
            string.Join('|', TarFiles.Entries(files.Tar()).Select(e => $"{e.EntryType} {Convert.ToString((int)e.Mode, 8)}")));
    }

    [TestMethod]
    public void Entries_belong_to_nobody_at_a_fixed_time()
    {
        using var files = new LayerFiles().File("app/data", "x").Link("app/z", "data");
        foreach (var entry in TarFiles.Entries(files.Tar()).Cast<PosixTarEntry>())
            Assert.AreEqual((0, 0, "", "", "1980-01-01 00:00:00Z"), (entry.Uid, entry.Gid, entry.UserName, entry.GroupName, entry.ModificationTime.ToString("u")));
    }

    [TestMethod]
    public void An_owner_is_the_owner_of_its_entry_alone()
    {
        using var files = new LayerFiles();
        files.Add(new LayerEntry("app/data", null, LayerEntry.ProgramMode) { UserId = 1654, GroupId = 1655 });
        Assert.AreEqual("app/ 0 0|app/data/ 1654 1655", string.Join('|', TarFiles.Entries(files.Tar()).Select(e => $"{e.Name} {e.Uid} {e.Gid}")));
    }

    [TestMethod]
    public void A_tar_ends_in_two_zero_blocks_and_nothing_else()
    {
        using var files = new LayerFiles().File("a", "x");
        var tar = files.Tar();
        Assert.HasCount(512 + 512 + 1024, tar);
        Assert.IsTrue(tar.AsSpan(513).IndexOfAnyExcept((byte)0) < 0);
    }

    [TestMethod]
    public void No_entries_give_only_the_end()
    {
        using var files = new LayerFiles();
        CollectionAssert.AreEqual(new byte[1024], files.Tar());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(511)]
    [DataRow(512)]
    [DataRow(513)]
    [DataRow(300_000)]
    public void Contents_come_whole(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        using var files = new LayerFiles().File("a", content).File("b", "after");
        var read = TarFiles.Read(files.Tar());
        CollectionAssert.AreEqual(content, read[0].Content);
        CollectionAssert.AreEqual("after"u8.ToArray(), read[1].Content);
    }

    [TestMethod]
    public void Gnu_tar_reads_it()
    {
        using var files = new LayerFiles()
            .File("app/Größe.txt", "x").File($"app/{new string('n', 120)}", "yy").File("app/program", "z", LayerEntry.ProgramMode).Link("app/link", "program");
        var tar = Path.Combine(files.Folder, "layer.tar");
        File.WriteAllBytes(tar, files.Tar());
        var (code, output, errors) = Gnu.Run("tar", "-tvf", tar);
        Assert.AreEqual((0, ""), (code, errors));
        Assert.AreEqual(
            $"""
            drwxr-xr-x 0/0               0 1980-01-01 00:00 app/
            -rw-r--r-- 0/0               1 1980-01-01 00:00 app/Größe.txt
            lrwxrwxrwx 0/0               0 1980-01-01 00:00 app/link -> program
            -rw-r--r-- 0/0               2 1980-01-01 00:00 app/{new string('n', 120)}
            -rwxr-xr-x 0/0               1 1980-01-01 00:00 app/program

            """, output);
    }

    [TestMethod]
    [DataRow("other")]
    [DataRow("longer than it was")]
    [DataRow("cut")]
    public void A_file_that_changed_since_it_was_hashed_is_not_packed(string now)
    {
        using var files = new LayerFiles().File("a", "at first it is so");
        File.WriteAllText(files.Entries[0].Content!.Source, now.PadRight(now == "other" ? 17 : 0));
        Expect.Failure(Diagnostics.FileChanged, () => files.Tar());
    }

    [TestMethod]
    public void A_file_that_went_since_it_was_hashed_is_missing()
    {
        using var files = new LayerFiles().File("a", "x");
        File.Delete(files.Entries[0].Content!.Source);
        Expect.Failure(Diagnostics.FileMissing, () => files.Tar());
    }

    [TestMethod]
    public void A_cancelled_build_stops_packing()
    {
        using var files = new LayerFiles().File("a", "x");
        Assert.ThrowsExactly<OperationCanceledException>(() => LayerTar.Write(files.Entries, Stream.Null, new CancellationToken(canceled: true)));
    }

    private static string Names(LayerFiles files) => string.Join('|', TarFiles.Entries(files.Tar()).Select(e => e.Name));
}
