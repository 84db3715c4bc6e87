namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class ImageFolderTests
{
    [TestMethod]
    public async Task An_image_reads_back_with_its_bytes_and_its_layers()
    {
        using var project = new TestProject();
        var baseImage = PackedImage.Create("base");
        var assembled = await project.AssembleAsync(project.Plan("a", "b"), baseImage);
        var folder = new ImageFolder(project["image"]);
        folder.Write(assembled);
        var read = folder.Read(project.Cache, baseImage, TestProject.Libraries);
        CollectionAssert.AreEqual(assembled.Image.ManifestBytes, read.Image.ManifestBytes);
        CollectionAssert.AreEqual(assembled.Image.ConfigurationBytes, read.Image.ConfigurationBytes);
        Assert.AreEqual(Show(assembled), Show(read));
        Assert.AreEqual("", string.Join('\n', await ImageValidator.ValidateAsync(read.Image, default)));
    }

    [TestMethod]
    public async Task An_image_is_written_over_another()
    {
        using var project = new TestProject();
        var folder = new ImageFolder(project["image"]);
        folder.Write(await project.AssembleAsync(project.Plan("a", "b", "c")));
        var assembled = await project.AssembleAsync(project.Plan("d"));
        folder.Write(assembled);
        Assert.AreEqual(Show(assembled), Show(folder.Read(project.Cache, null, TestProject.Libraries)));
        Assert.AreEqual("config.json|image.json|manifest.json", string.Join('|', Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public async Task The_same_image_is_the_same_files()
    {
        using var one = new TestProject();
        using var two = new TestProject();
        foreach (var project in (TestProject[])[one, two]) new ImageFolder(project["image"]).Write(await project.AssembleAsync(project.Plan("a", "b")));
        foreach (var name in (string[])["config.json", "image.json", "manifest.json"])
            Assert.AreEqual(await File.ReadAllTextAsync(Path.Combine(one["image"], name)), await File.ReadAllTextAsync(Path.Combine(two["image"], name)));
    }

    [TestMethod]
    public async Task A_layer_that_was_taken_over_has_no_bytes_of_its_own()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var present = await before.AssembleAsync(before.Plan("a"));
        var folder = new ImageFolder(now["image"]);
        folder.Write(await now.AssembleAsync(now.Plan("a"), present: present.Image));
        var read = folder.Read(now.Cache, null, TestProject.Libraries);
        Assert.AreEqual(LayerOutcome.TakenOver, read.Layers[0].Outcome);
        await Expect.FailureAsync(Diagnostics.UploadFailed, () => read.Image.Layers[0].Content.OpenAsync(default));
    }

    [TestMethod]
    public async Task Documents_that_do_not_belong_together_are_refused()
    {
        using var project = new TestProject();
        var folder = new ImageFolder(project["image"]);
        folder.Write(await project.AssembleAsync(project.Plan("a", "b")));
        var config = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "config.json"));
        folder.Write(await project.AssembleAsync(project.Plan("a")));
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "config.json"), config);
        Expect.Failure(Diagnostics.NotAnImage, () => folder.Read(project.Cache, null, TestProject.Libraries));
    }

    private static string Show(AssembledImage image) => string.Join('\n', image.Layers.Zip(
        image.Image.Layers, (summary, layer) => $"{summary.Name} {summary.Outcome} {summary.Key} {string.Join(',', summary.Components)} {layer.Descriptor.Digest} {layer.Descriptor.Size} {layer.DiffId}"));
}
