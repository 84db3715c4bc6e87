using System.Text;
namespace Container.Sdk.Oci.Tests.Archives;

[TestClass]
public sealed class DamagedArchiveTests
{
    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task An_archive_that_is_cut_off_anywhere_is_refused(ImageFormat format)
    {
        using var folder = new TestFolder();
        var whole = await SampleImage.WriteAsync(SampleImage.Create());
        // Of the two blocks at the end, one is enough to know that nothing is missing.
        for (var length = 0; length <= whole.Length - 513; length += length % 512 is 0 or 511 ? 1 : 510)
        {
            folder.Write("a.tar", whole[..length]);
            var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["a.tar"], format), $"cut at {length}");
            Assert.AreEqual(Diagnostics.DamagedArchive, e.Diagnostic, $"cut at {length}: {e.Message}");
        }
    }

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task A_flipped_bit_is_noticed_or_changes_nothing(ImageFormat format)
    {
        using var folder = new TestFolder();
        var whole = await SampleImage.WriteAsync(SampleImage.Create());
        var expected = await ReadAllAsync(folder.Write("a.tar", whole), format);
        var noticed = 0;
        for (var at = 0; at < whole.Length; at += 7)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            folder.Write("a.tar", flipped);
            try
            {
                Assert.AreEqual(expected, await ReadAllAsync(folder["a.tar"], format), $"flipped at {at}");
            }
            catch (ContainerException)
            {
                noticed++;
            }
        }
        Assert.IsGreaterThan(100, noticed);
    }

    [TestMethod]
    public async Task A_header_with_a_wrong_checksum_is_refused()
    {
        using var folder = new TestFolder();
        var bytes = await SampleImage.WriteAsync(SampleImage.Create());
        bytes[100] ^= 1; // The mode, which nothing depends on.
        folder.Write("a.tar", bytes);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["a.tar"], ImageFormat.Oci));
        Assert.AreEqual(Diagnostics.DamagedArchive, e.Diagnostic);
    }

    [TestMethod]
    public async Task Every_missing_file_is_named()
    {
        using var folder = new TestFolder();
        var files = TarFiles.Read(await SampleImage.WriteAsync(SampleImage.Create()));
        foreach (var missing in files.Where(f => f.Name != "manifest.json"))
        {
            folder.Write("a.tar", TarBuilder.Of([.. files.Where(f => f.Name != missing.Name)]).ToArray());
            var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["a.tar"], ImageFormat.Oci), missing.Name);
            Assert.AreEqual(Diagnostics.DamagedArchive, e.Diagnostic, missing.Name);
            if (missing.Name != "oci-layout") Assert.Contains(missing.Name, e.Message);
        }
    }

    [TestMethod]
    [DataRow("../evil")]
    [DataRow("/etc/passwd")]
    [DataRow("blobs/../../evil")]
    [DataRow("a/..")]
    [DataRow(@"..\evil")]
    [DataRow(@"c:\evil")]
    public async Task A_name_that_leads_out_of_the_archive_is_refused(string name) =>
        Assert.Contains(name, (await RefusedAsync(tar => tar.File(name, "x"))).Message);

    [TestMethod]
    public async Task A_long_name_that_leads_out_of_the_archive_is_refused()
    {
        var name = $"{new string('a', 300)}/../../evil";
        await RefusedAsync(tar => tar.Pax("path", name).File("harmless", "x"));
        await RefusedAsync(tar => tar.Extended('L', Encoding.UTF8.GetBytes(name + "\0")).File("harmless", "x"));
        await RefusedAsync(tar => tar.Pax("path", "a\0b").File("harmless", "x"));
        await RefusedAsync(tar => tar.Pax("path", new string('a', 5000)).File("harmless", "x"));
    }

    [TestMethod]
    [DataRow('x')]
    [DataRow('g')]
    [DataRow('L')]
    [DataRow('K')]
    public async Task A_giant_extended_header_is_refused_without_reading_it(char type)
    {
        using var folder = new TestFolder();
        using (var file = File.Create(folder["a.tar"]))
        {
            // A hole: 300 MiB that take no room.
            file.Write(new TarBuilder().Header("extended", type, TarBuilder.Octal(300 << 20)).ToArray().AsSpan(0, 512));
            file.Position += 300 << 20;
            file.Write(await SampleImage.WriteAsync(SampleImage.Create()));
        }
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["a.tar"], ImageFormat.Oci));
        Assert.Contains("extended headers", e.Message);
        Assert.IsLessThan(16L << 20, GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    [TestMethod]
    public async Task Many_extended_headers_are_refused_too() =>
        await RefusedAsync(tar =>
        {
            for (var i = 0; i < 20; i++) tar.Extended('g', new byte[1 << 20]);
        });

    [TestMethod]
    public async Task Millions_of_entries_are_refused() =>
        Assert.Contains("200000 entries", (await RefusedAsync(tar =>
        {
            for (var i = 0; i <= 200_000; i++) tar.Header("d/", '5', TarBuilder.Octal(0));
        })).Message);

    [TestMethod]
    public async Task A_damaged_extended_header_is_refused()
    {
        foreach (var records in new[] { "9999 path=a\n", "path=a", "10 path=a", "7 =value\n", "0 a=b\n", "-1 a=b\n", "99999999999 a=b\n", "13 size=1e9\n\n" })
            await RefusedAsync(tar => tar.Extended('x', Encoding.UTF8.GetBytes(records)).File("harmless", "x"));
    }

    [TestMethod]
    public async Task An_impossible_size_is_refused()
    {
        byte[] negative = [0xFF, .. Enumerable.Repeat((byte)0xFF, 11)];
        byte[] enormous = [0x80, 0, 0, 0, 0x7F, .. Enumerable.Repeat((byte)0xFF, 7)];
        foreach (var size in new[] { negative, enormous, "99999999999\0"u8.ToArray(), TarBuilder.Octal(1L << 32) })
            await RefusedAsync(tar => tar.Header("large", '0', size));
        await RefusedAsync(tar => tar.Pax("size", "9223372036854775807").File("large", "x"));
    }

    [TestMethod]
    [DataRow('1', "../../etc/passwd")]
    [DataRow('2', "../etc/passwd")]
    [DataRow('2', "/etc/passwd")]
    [DataRow('2', "index.json")]
    public async Task A_link_that_leads_outside_or_in_a_circle_is_refused(char type, string target)
    {
        using var folder = new TestFolder();
        var files = TarFiles.Read(await SampleImage.WriteAsync(SampleImage.Create())).Where(f => f.Name != "index.json").ToArray();
        folder.Write("a.tar", TarBuilder.Of(files).Link("index.json", type, target).ToArray());
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["a.tar"], ImageFormat.Oci));
        Assert.AreEqual(Diagnostics.DamagedArchive, e.Diagnostic);
        Assert.Contains("link", e.Message);
    }

    [TestMethod]
    [DataRow("index.json")]
    [DataRow("manifest.json")]
    public async Task A_document_that_is_there_twice_is_refused(string name) =>
        Assert.Contains("twice", (await RefusedAsync(tar => tar.File(name, "{}"))).Message);

    [TestMethod]
    public async Task A_file_that_is_no_archive_is_refused_and_one_that_is_missing_is_named()
    {
        using var folder = new TestFolder();
        foreach (var content in new[] { [], "hello"u8.ToArray(), new byte[4096], Enumerable.Repeat((byte)'x', 4096).ToArray() })
        {
            folder.Write("a.tar", content);
            Assert.AreEqual(Diagnostics.DamagedArchive, (await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["a.tar"], ImageFormat.Oci))).Diagnostic);
        }
        Assert.AreEqual(Diagnostics.ImageNotFound, (await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["b.tar"], ImageFormat.Oci))).Diagnostic);
        Assert.AreEqual(Diagnostics.DamagedArchive, (await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder.Path, ImageFormat.Oci))).Diagnostic);
    }

    // A good archive with something added in front, so that nothing but the addition can be the reason.
    private static async Task<ContainerException> RefusedAsync(Action<TarBuilder> add)
    {
        using var folder = new TestFolder();
        var tar = new TarBuilder();
        add(tar);
        var good = await SampleImage.WriteAsync(SampleImage.Create());
        folder.Write("a.tar", [.. tar.ToArray()[..^1024], .. good]);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ReadAllAsync(folder["a.tar"], ImageFormat.Oci));
        Assert.AreEqual(Diagnostics.DamagedArchive, e.Diagnostic, e.Message);
        return e;
    }

    // Everything that comes out of an archive, as one digest.
    private static async Task<Digest> ReadAllAsync(string file, ImageFormat format)
    {
        using var source = new ArchiveImageSource(new ArchiveReference(file, format));
        var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        using var bytes = new MemoryStream();
        bytes.Write(image.ManifestBytes);
        bytes.Write(image.ConfigurationBytes);
        foreach (var layer in image.Layers) bytes.Write(await SampleImage.ReadAsync(layer));
        return Digest.Of(bytes.ToArray());
    }
}
