using System.IO.Compression;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class LayerPackerTests
{
    private static readonly LayerEntry File = new("app/a", new FileContent("/src/a", 3, Digest.Of("abc"u8)), LayerEntry.DataMode);
    private static readonly LayerEntry Link = new("app/b", null, LayerEntry.LinkMode, "a");

    // The layout of a layer is fixed for all time and machines: this digest must never change.
    [TestMethod]
    public void The_same_files_give_the_same_diff_id_everywhere()
    {
        using var files = new LayerFiles()
            .File("app/runtimes/linux-x64/native/libx.so", new string('x', 1000)).File("app/appsettings.json", "{}\n").Link("app/current", "Orders")
            .File("app/Orders.dll", "MZ\0orders").File("app/Orders", "\u007fELF", LayerEntry.ProgramMode).File("app/Größe.txt", "ü\n");
        Assert.AreEqual("sha256:156e5c76e07e834998b5368e08f28394a4d14c4194820e948c73163050463e24", Pack(files).Layer.DiffId.ToString());
    }

    [TestMethod]
    public void The_same_files_give_the_same_compressed_bytes()
    {
        using var one = new LayerFiles().File("app/a", "1").File("app/b", "2");
        using var two = new LayerFiles().File("app/b", "2").File("app/a", "1");
        Assert.IsTrue(Pack(one).Bytes.AsSpan().SequenceEqual(Pack(two).Bytes));
    }

    [TestMethod]
    public void Digest_and_size_are_those_of_the_bytes()
    {
        using var files = new LayerFiles().File("app/a", "1");
        var (layer, bytes) = Pack(files);
        Assert.AreEqual((Digest.Of(bytes), (long)bytes.Length), (layer.Digest, layer.Size));
        using var plain = new MemoryStream();
        new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress).CopyTo(plain);
        Assert.AreEqual(Digest.Of(plain.ToArray()), layer.DiffId);
        Assert.IsTrue(plain.ToArray().AsSpan().SequenceEqual(files.Tar()));
    }

    [TestMethod]
    public void The_key_is_the_same_for_the_same_inputs() => Assert.AreEqual(LayerPacker.Key([File, Link]), LayerPacker.Key([File with { }, Link with { }]));

    [TestMethod]
    public void The_key_does_not_depend_on_the_order_of_the_entries() => Assert.AreEqual(LayerPacker.Key([File, Link]), LayerPacker.Key([Link, File]));

    [TestMethod]
    public void The_key_does_not_depend_on_the_place_of_a_file_on_this_machine() =>
        Assert.AreEqual(LayerPacker.Key([File]), LayerPacker.Key([File with { Content = File.Content! with { Source = "/elsewhere/b" } }]));

    [TestMethod]
    public void The_key_changes_with_each_input()
    {
        LayerEntry[][] different =
        [
            [],
            [File],
            [File with { Path = "app/c" }],
            [File with { Path = "b/a" }],
            [File with { Mode = LayerEntry.ProgramMode }],
            [File with { UserId = 1 }],
            [File with { GroupId = 1 }],
            [File with { UserId = 1, GroupId = 11 }],
            [File with { UserId = 11, GroupId = 1 }],
            [File with { Content = File.Content! with { Digest = Digest.Of("abd"u8) } }],
            [File with { Content = File.Content! with { Length = 4 } }],
            [File with { Content = null }],
            [Link],
            [Link with { LinkTarget = "c" }],
            [File, Link],
            [File, File with { Path = "app/c" }],
        ];
        Assert.HasCount(different.Length, different.Select(e => LayerPacker.Key(e)).ToHashSet());
    }

    // Fields are separated by what no name can hold, so no two sets of entries can be written alike.
    [TestMethod]
    public void A_name_cannot_imitate_other_fields()
    {
        var one = new LayerEntry("a\n", null, LayerEntry.LinkMode, "b");
        var two = new LayerEntry("a", null, LayerEntry.LinkMode, "\nb");
        Assert.AreNotEqual(LayerPacker.Key([one]), LayerPacker.Key([two]));
    }

    [TestMethod]
    public void The_key_changes_with_the_runtime_that_compresses() => Assert.Contains(Environment.Version.ToString(), LayerPacker.Recipe);

    private static (PackedLayer Layer, byte[] Bytes) Pack(LayerFiles files)
    {
        using var output = new MemoryStream();
        using var budget = new PackingBudget(1);
        return (LayerPacker.Pack(files.Entries, output, budget, CancellationToken.None), output.ToArray());
    }
}
