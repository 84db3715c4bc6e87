namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class LayoutImageSourceTests
{
    private static readonly Image App = PackedImage.Create("one"), Other = PackedImage.Create("two");

    [TestMethod]
    public async Task An_image_is_read_by_its_name_with_all_its_layers()
    {
        using var folder = await FolderAsync((App, "app", "1"), (Other, "other", "1"));
        var image = await ResolveAsync(folder, "app:1");
        Assert.AreEqual(App.Descriptor.Digest, image.Descriptor.Digest);
        Assert.IsEmpty(await ImageValidator.ValidateAsync(image, default));
    }

    [TestMethod]
    public async Task A_repository_alone_is_its_latest_image()
    {
        using var folder = await FolderAsync((App, "app", "latest"), (Other, "app", "1"));
        Assert.AreEqual(App.Descriptor.Digest, (await ResolveAsync(folder, "app")).Descriptor.Digest);
    }

    [TestMethod]
    public async Task The_only_image_needs_no_name_however_many_it_has()
    {
        using var folder = await FolderAsync((App, "app", "1"), (App, "app", "2"));
        Assert.AreEqual(App.Descriptor.Digest, (await ResolveAsync(folder, null)).Descriptor.Digest);
    }

    [TestMethod]
    public async Task One_of_several_images_needs_a_name()
    {
        using var folder = await FolderAsync((App, "app", "1"), (Other, "app", "2"));
        await Expect.FailureAsync(Diagnostics.InvalidReference, () => ResolveAsync(folder, null));
    }

    [TestMethod]
    public async Task A_digest_finds_its_image_after_the_name_has_moved()
    {
        using var folder = await FolderAsync((App, "app", "1"), (Other, "app", "2"));
        var source = new LayoutImageSource(new LayoutReference(folder.Path, "app:2", App.Descriptor.Digest));
        Assert.AreEqual(App.Descriptor.Digest, (await source.ResolveAsync(PackedImage.Amd64, default)).Descriptor.Digest);
    }

    [TestMethod]
    public async Task A_digest_finds_its_image_although_no_name_is_left()
    {
        using var folder = await FolderAsync((App, "app", "1"), (Other, "app", "1"));
        var source = new LayoutImageSource(new LayoutReference(folder.Path, "app:1", App.Descriptor.Digest));
        Assert.AreEqual(App.Descriptor.Digest, (await source.ResolveAsync(PackedImage.Amd64, default)).Descriptor.Digest);
    }

    [TestMethod]
    public async Task An_image_for_another_platform_is_refused()
    {
        using var folder = await FolderAsync((App, "app", "1"));
        var source = new LayoutImageSource(new LayoutReference(folder.Path, "app:1", null));
        await Expect.FailureAsync(Diagnostics.NoMatchingPlatform, () => source.ResolveAsync(new Platform("linux", "arm64"), default));
    }

    [TestMethod]
    public async Task An_index_leads_to_the_image_of_the_platform()
    {
        using var folder = await FolderAsync((App, "app", "1"));
        var layout = new ImageLayout(folder.Path);
        var bytes = new ImageIndex(MediaTypes.OciIndex, [App.Descriptor with { Platform = PackedImage.Amd64 }]).ToBytes();
        var index = new Descriptor(MediaTypes.OciIndex, Digest.Of(bytes), bytes.Length);
        layout.Blobs.Write(index, bytes);
        layout.Name(index, ["app:all"]);
        Assert.AreEqual(App.Descriptor.Digest, (await ResolveAsync(folder, "app:all")).Descriptor.Digest);
    }

    [TestMethod]
    public async Task An_image_that_is_not_there_is_not_found()
    {
        using var folder = await FolderAsync((App, "app", "1"));
        await Expect.FailureAsync(Diagnostics.ImageNotFound, () => ResolveAsync(folder, "app:2"));
        await Expect.FailureAsync(Diagnostics.ImageNotFound, () => ResolveAsync(folder, "other"));
        await Expect.FailureAsync(Diagnostics.ImageNotFound, () =>
            new LayoutImageSource(new LayoutReference(folder.Path, "app:1", Other.Descriptor.Digest)).ResolveAsync(PackedImage.Amd64, default));
        await Expect.FailureAsync(Diagnostics.ImageNotFound, () =>
            new LayoutImageSource(new LayoutReference(folder["no"], "app:1", null)).ResolveAsync(PackedImage.Amd64, default));
    }

    [TestMethod]
    public async Task A_folder_of_something_else_is_no_layout()
    {
        using var folder = new TestFolder();
        folder.Write("README", []);
        await Expect.FailureAsync(Diagnostics.DamagedLayout, () => ResolveAsync(folder, "app:1"));
    }

    [TestMethod]
    public async Task Damage_is_found_in_the_manifest_and_in_the_configuration()
    {
        foreach (var blob in (Descriptor[])[App.Descriptor, App.Manifest.Config])
        {
            using var folder = await FolderAsync((App, "app", "1"));
            var path = new BlobFolder(folder.Path).PathOf(blob.Digest);
            var bytes = await File.ReadAllBytesAsync(path);
            await File.WriteAllBytesAsync(path, bytes[..^1]);
            await Expect.FailureAsync(Diagnostics.SizeMismatch, () => ResolveAsync(folder, "app:1"));
            bytes[5] ^= 1;
            await File.WriteAllBytesAsync(path, bytes);
            await Expect.FailureAsync(Diagnostics.DigestMismatch, () => ResolveAsync(folder, "app:1"));
            File.Delete(path);
            await Expect.FailureAsync(Diagnostics.DamagedLayout, () => ResolveAsync(folder, "app:1"));
        }
    }

    [TestMethod]
    public async Task Damage_in_a_layer_is_found_when_it_is_read()
    {
        using var folder = await FolderAsync((App, "app", "1"));
        await File.WriteAllBytesAsync(new BlobFolder(folder.Path).PathOf(App.Layers[0].Descriptor.Digest), new byte[App.Layers[0].Descriptor.Size]);
        var image = await ResolveAsync(folder, "app:1");
        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => SampleImage.ReadAsync(image.Layers[0]));
    }

    private static Task<Image> ResolveAsync(TestFolder folder, string? name) =>
        new LayoutImageSource(new LayoutReference(folder.Path, name, null)).ResolveAsync(PackedImage.Amd64, default);

    private static async Task<TestFolder> FolderAsync(params (Image Image, string Repository, string Tag)[] images)
    {
        var folder = new TestFolder();
        foreach (var (image, repository, tag) in images)
            await new LayoutImageDestination(folder.Path, RepositoryName.Parse(repository), [Tag.Parse(tag)]).DeliverAsync(image, new SilentReporter(), default);
        return folder;
    }
}
