
namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class LayerFolderTests
{
    [TestMethod]
    public void A_layer_that_was_packed_is_found_by_its_key_with_its_bytes()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        var packed = Pack(folder, files);
        var layers = new LayerFolder(folder.Path);
        Assert.AreEqual(packed, layers.Find(LayerPacker.Key(files.Entries)));
        Assert.IsTrue(layers.Verify(packed));
        using var stream = layers.Open(packed);
        stream.CopyTo(Stream.Null);
    }

    [TestMethod]
    public void A_layer_that_was_never_packed_is_not_found()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        Pack(folder, files);
        Assert.IsNull(new LayerFolder(folder.Path).Find(Digest.Of("another"u8)));
        Assert.IsNull(new LayerFolder(folder["no"]).Find(Digest.Of("another"u8)));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"diffId\":5}")]
    [DataRow("{\"diffId\":\"\\ud800\"}")]
    public void A_damaged_record_is_a_miss(string text)
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        Pack(folder, files);
        File.WriteAllText(Record(folder, files), text);
        Assert.IsNull(new LayerFolder(folder.Path).Find(LayerPacker.Key(files.Entries)));
    }

    [TestMethod]
    public void A_record_with_any_other_byte_is_a_miss()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        var packed = Pack(folder, files);
        var good = File.ReadAllBytes(Record(folder, files));
        for (var at = 0; at < good.Length; at++)
        {
            var bytes = (byte[])good.Clone();
            bytes[at] ^= 1;
            File.WriteAllBytes(Record(folder, files), bytes);
            var found = new LayerFolder(folder.Path).Find(LayerPacker.Key(files.Entries));
            Assert.IsTrue(found is null || found == packed, $"byte {at}");
        }
    }

    [TestMethod]
    public void The_record_of_one_key_says_nothing_of_another()
    {
        using var folder = new TestFolder();
        using var one = new LayerFiles().File("app/a", "1");
        using var two = new LayerFiles().File("app/a", "2");
        Pack(folder, one);
        File.Copy(Record(folder, one), Record(folder, two));
        Assert.IsNull(new LayerFolder(folder.Path).Find(LayerPacker.Key(two.Entries)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    [DataRow(null)]
    public void A_record_whose_blob_is_gone_or_cut_off_is_a_miss(int? size)
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        var path = Blob(folder, Pack(folder, files));
        if (size is null) File.Delete(path);
        else File.WriteAllBytes(path, File.ReadAllBytes(path)[..size.Value]);
        Assert.IsNull(new LayerFolder(folder.Path).Find(LayerPacker.Key(files.Entries)));
    }

    [TestMethod]
    public void A_damaged_blob_is_found_removed_and_packed_again()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        var packed = Pack(folder, files);
        Flip(Blob(folder, packed));
        var layers = new LayerFolder(folder.Path);
        Assert.IsFalse(layers.Verify(packed));
        Assert.IsFalse(File.Exists(Blob(folder, packed)));
        Assert.AreEqual(packed, Pack(folder, files));
        Assert.IsTrue(layers.Verify(packed));
    }

    [TestMethod]
    public void A_damaged_blob_cannot_be_read_to_its_end()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        var packed = Pack(folder, files);
        Flip(Blob(folder, packed));
        using var stream = new LayerFolder(folder.Path).Open(packed);
        Expect.Failure(Diagnostics.DigestMismatch, () => stream.CopyTo(Stream.Null));
    }

    [TestMethod]
    public void A_file_that_changes_between_hashing_and_packing_leaves_nothing()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1").File("app/b", "2");
        File.WriteAllText(files.Entries[1].Content!.Source, "3");
        Expect.Failure(Diagnostics.FileChanged, () => Pack(folder, files));
        Assert.IsFalse(folder.Names.Any(n => File.Exists(folder[n])));
    }

    [TestMethod]
    public void A_file_that_goes_between_hashing_and_packing_leaves_nothing()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        File.Delete(files.Entries[0].Content!.Source);
        Expect.Failure(Diagnostics.FileMissing, () => Pack(folder, files));
        Assert.IsFalse(folder.Names.Any(n => File.Exists(folder[n])));
    }

    [TestMethod]
    public void A_cancelled_build_leaves_nothing()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        Assert.Throws<OperationCanceledException>(() => Pack(folder, files, new CancellationToken(canceled: true)));
        Assert.IsFalse(folder.Names.Any(n => File.Exists(folder[n])));
    }

    [TestMethod]
    public void A_full_disk_has_a_code_and_nothing_is_left()
    {
        using var disk = TinyDisk.Mount();
        var content = new byte[2 * TinyDisk.Size];
        new Random(1).NextBytes(content);
        using var files = new LayerFiles().File("app/a", content);
        using var budget = new PackingBudget(1);
        Expect.Failure(Diagnostics.DiskFull, () => new LayerFolder(disk.Path).Pack(LayerPacker.Key(files.Entries), output => LayerPacker.Pack(files.Entries, output, budget, default)));
        Assert.IsEmpty(disk.Files);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_has_a_code()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        Expect.Failure(Diagnostics.NotWritable, new LayerFolder(folder["file"]).Create);
        Expect.Failure(Diagnostics.NotWritable, new LayerFolder(folder["file/below"]).Create);
    }

    [TestMethod]
    public void The_folder_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no modes");
            return;
        }
        using var folder = new TestFolder();
        new LayerFolder(folder["a/b"]).Create();
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["a/b"]));
    }

    [TestMethod]
    public async Task Many_builds_pack_the_same_layer_at_once()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", new byte[300_000]);
        var packed = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Pack(folder, files))));
        Assert.AreEqual(1, packed.Distinct().Count());
        Assert.HasCount(2, folder.Names.Where(n => File.Exists(folder[n])).ToList());
        Assert.IsTrue(new LayerFolder(folder.Path).Verify(packed[0]));
        Assert.AreEqual(packed[0], new LayerFolder(folder.Path).Find(LayerPacker.Key(files.Entries)));
    }

    [TestMethod]
    public void What_a_killed_build_left_is_never_taken_for_a_layer()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        var key = LayerPacker.Key(files.Entries);
        Directory.CreateDirectory(folder["blobs/sha256"]);
        Directory.CreateDirectory(folder["layers"]);
        File.WriteAllText(AtomicFile.PartialName(folder[$"blobs/sha256/{key.Hex}"]), "half a lay");
        File.WriteAllText(AtomicFile.PartialName(folder[$"layers/{key.Hex}"]), "{\"diffId\":");
        Assert.IsNull(new LayerFolder(folder.Path).Find(key));
        Assert.IsTrue(new LayerFolder(folder.Path).Verify(Pack(folder, files)));
    }

    private static PackedLayer Pack(TestFolder folder, LayerFiles files, CancellationToken cancellation = default)
    {
        using var budget = new PackingBudget(1);
        return new LayerFolder(folder.Path).Pack(LayerPacker.Key(files.Entries), output => LayerPacker.Pack(files.Entries, output, budget, cancellation));
    }

    private static string Record(TestFolder folder, LayerFiles files) => folder[$"layers/{LayerPacker.Key(files.Entries).Hex}"];

    private static string Blob(TestFolder folder, PackedLayer layer) => folder[$"blobs/sha256/{layer.Digest.Hex}"];

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^9] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
