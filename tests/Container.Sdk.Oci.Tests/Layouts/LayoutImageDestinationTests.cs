namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class LayoutImageDestinationTests
{
    private static readonly RepositoryName App = RepositoryName.Parse("team/app");

    [TestMethod]
    public async Task An_image_is_delivered_whole_under_each_tag()
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one", "two");
        var delivery = await To(folder, "1.0", "latest").DeliverAsync(image, new SilentReporter(), default);
        Assert.AreEqual("Sent|Sent", string.Join('|', delivery.Layers));
        Assert.AreEqual(image.Layers.Sum(l => l.Descriptor.Size) + image.ConfigurationBytes.Length + image.ManifestBytes.Length, delivery.BytesSent);
        foreach (var tag in (string[])["1.0", "latest"])
        {
            var read = await ReadAsync(folder, tag);
            Assert.AreEqual(image.Descriptor.Digest, read.Descriptor.Digest);
            Assert.IsEmpty(await ImageValidator.ValidateAsync(read, default));
        }
    }

    [TestMethod]
    public async Task The_same_image_again_writes_nothing()
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one");
        await To(folder, "1.0").DeliverAsync(image, new SilentReporter(), default);
        var times = Times(folder);
        var delivery = await To(folder, "1.0").DeliverAsync(image, new SilentReporter(), default);
        Assert.AreEqual(("Reused", 0L), (string.Join('|', delivery.Layers), delivery.BytesSent));
        Assert.AreEqual(times, Times(folder));
    }

    [TestMethod]
    public async Task Only_new_layers_are_sent()
    {
        using var folder = new TestFolder();
        await To(folder, "1.0").DeliverAsync(PackedImage.Create("one", "two"), new SilentReporter(), default);
        var delivery = await To(folder, "1.0").DeliverAsync(PackedImage.Create("one", "three"), new SilentReporter(), default);
        Assert.AreEqual("Reused|Sent", string.Join('|', delivery.Layers));
    }

    [TestMethod]
    public async Task Another_tag_for_the_same_image_keeps_the_first()
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one");
        await To(folder, "1.0").DeliverAsync(image, new SilentReporter(), default);
        await To(folder, "2.0").DeliverAsync(image, new SilentReporter(), default);
        Assert.AreEqual((await ReadAsync(folder, "1.0")).Descriptor.Digest, (await ReadAsync(folder, "2.0")).Descriptor.Digest);
    }

    [TestMethod]
    public async Task A_configuration_that_has_gone_is_written_again()
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one");
        await To(folder, "1.0").DeliverAsync(image, new SilentReporter(), default);
        File.Delete(new BlobFolder(folder.Path).PathOf(image.Manifest.Config.Digest));
        await To(folder, "1.0").DeliverAsync(image, new SilentReporter(), default);
        Assert.AreEqual(image.Descriptor.Digest, (await ReadAsync(folder, "1.0")).Descriptor.Digest);
    }

    [TestMethod]
    public async Task A_new_folder_is_fine_and_is_not_made_before_it_is_needed()
    {
        using var folder = new TestFolder();
        Assert.IsNull(await new LayoutImageDestination(folder["new"], App, [Tag.Latest]).PrepareAsync(new SilentReporter(), default));
        Assert.IsEmpty(folder.Names);
    }

    [TestMethod]
    public async Task The_image_that_the_tag_has_is_offered()
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one");
        await To(folder, "1.0", "latest").DeliverAsync(image, new SilentReporter(), default);
        Assert.AreEqual(image.Descriptor.Digest, (await To(folder, "1.0").PrepareAsync(new SilentReporter(), default))?.Descriptor.Digest);
        Assert.IsNull(await To(folder, "2.0").PrepareAsync(new SilentReporter(), default));
    }

    [TestMethod]
    public async Task A_present_image_that_is_damaged_is_not_offered()
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one");
        await To(folder, "1.0").DeliverAsync(image, new SilentReporter(), default);
        File.Delete(new BlobFolder(folder.Path).PathOf(image.Manifest.Config.Digest));
        Assert.IsNull(await To(folder, "1.0").PrepareAsync(new SilentReporter(), default));
    }

    // Its layers would be taken over without being packed, and then nobody had them.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_present_image_that_lacks_a_layer_is_not_offered(bool deleted)
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one");
        await To(folder, "1.0").DeliverAsync(image, new SilentReporter(), default);
        var path = new BlobFolder(folder.Path).PathOf(image.Layers[0].Descriptor.Digest);
        if (deleted) File.Delete(path);
        else await File.WriteAllBytesAsync(path, []);
        Assert.IsNull(await To(folder, "1.0").PrepareAsync(new SilentReporter(), default));
    }

    [TestMethod]
    public async Task A_folder_of_something_else_is_refused_before_anything_is_written()
    {
        using var folder = new TestFolder();
        folder.Write("Program.cs", []);
        await Expect.FailureAsync(Diagnostics.DamagedLayout, () => To(folder, "1.0").PrepareAsync(new SilentReporter(), default));
        Assert.AreEqual("Program.cs", string.Join('|', folder.Names));
    }

    [TestMethod]
    public async Task What_a_killed_build_left_in_a_new_folder_does_not_stop_the_next()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["blobs/sha256"]);
        foreach (var name in (string[])["index.json", "oci-layout", "blobs/sha256/x"]) await File.WriteAllTextAsync(AtomicFile.PartialName(folder[name]), "{");
        await File.WriteAllTextAsync(folder["index.json.lock"], "");
        Assert.IsNull(await To(folder, "1.0").PrepareAsync(new SilentReporter(), default));
        await To(folder, "1.0").DeliverAsync(PackedImage.Create("one"), new SilentReporter(), default);
        Assert.IsEmpty(await ImageValidator.ValidateAsync(await ReadAsync(folder, "1.0"), default));
    }

    [TestMethod]
    public async Task Many_builds_deliver_into_one_new_folder_at_once()
    {
        for (var round = 0; round < 5; round++)
        {
            using var folder = new TestFolder();
            var images = Enumerable.Range(0, 8).Select(i => PackedImage.Create("shared", $"own {i}")).ToList();
            await Task.WhenAll(images.Select((image, i) => Task.Run(async () =>
            {
                var destination = new LayoutImageDestination(folder.Path, RepositoryName.Parse($"app{i}"), [Tag.Latest]);
                await destination.PrepareAsync(new SilentReporter(), default);
                await destination.DeliverAsync(image, new SilentReporter(), default);
            })));
            for (var i = 0; i < images.Count; i++)
                Assert.AreEqual(images[i].Descriptor.Digest, new ImageLayout(folder.Path).Find($"app{i}")?.Digest);
            Assert.IsFalse(folder.Names.Any(AtomicFile.IsPartial));
        }
    }

    [TestMethod]
    public async Task A_damaged_layout_is_said_before_anything_is_made()
    {
        using var folder = new TestFolder();
        await To(folder, "1.0").DeliverAsync(PackedImage.Create("one"), new SilentReporter(), default);
        await File.WriteAllTextAsync(folder["index.json"], "{");
        await Expect.FailureAsync(Diagnostics.DamagedLayout, () => To(folder, "1.0").PrepareAsync(new SilentReporter(), default));
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_written_is_said_before_anything_is_made()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        await Expect.FailureAsync(Diagnostics.NotWritable, () => new LayoutImageDestination(folder["file/below"], App, [Tag.Latest]).PrepareAsync(new SilentReporter(), default));
    }

    [TestMethod]
    public async Task A_full_disk_leaves_the_tag_its_old_image()
    {
        using var disk = TinyDisk.Mount();
        var destination = new LayoutImageDestination(disk.Path, App, [Tag.Latest]);
        var old = PackedImage.Create("old");
        await destination.DeliverAsync(old, new SilentReporter(), default);
        var before = disk.Files;
        var random = new byte[TinyDisk.Size];
        new Random(1).NextBytes(random);
        await Expect.FailureAsync(Diagnostics.DiskFull, () => destination.DeliverAsync(PackedImage.Create(Convert.ToHexString(random)), new SilentReporter(), default));
        Assert.AreEqual(string.Join('|', before), string.Join('|', disk.Files));
        Assert.AreEqual(old.Descriptor.Digest, new ImageLayout(disk.Path).Find("team/app")?.Digest);
    }

    [TestMethod]
    public async Task A_layer_that_is_not_what_it_promises_names_no_image()
    {
        using var folder = new TestFolder();
        var image = PackedImage.Create("one");
        var wrong = image.Layers[0] with { Content = new MemoryBlob(new byte[image.Layers[0].Descriptor.Size], image.Layers[0].Descriptor) };
        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => To(folder, "1.0").DeliverAsync(image with { Layers = [wrong] }, new SilentReporter(), default));
        Assert.IsFalse(File.Exists(folder["index.json"]));
    }

    [TestMethod]
    public void A_layout_holds_images_in_the_format_of_oci() => Assert.AreEqual(ImageFormat.Oci, new LayoutImageDestination("/x", App, []).RequiredFormat);

    private static LayoutImageDestination To(TestFolder folder, params string[] tags) => new(folder.Path, App, [.. tags.Select(Tag.Parse)]);

    private static Task<Image> ReadAsync(TestFolder folder, string tag) =>
        new LayoutImageSource(new LayoutReference(folder.Path, $"{App}:{tag}", null)).ResolveAsync(PackedImage.Amd64, default);

    private static string Times(TestFolder folder) => string.Join('|', folder.Names.Where(n => File.Exists(folder[n])).Select(n => $"{n} {File.GetLastWriteTimeUtc(folder[n]).Ticks}"));
}
