namespace Container.Sdk.Oci.Tests.Archives;

[TestClass]
public sealed class RealArchiveTests
{
    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task Skopeo_finds_the_image_in_our_archive_under_each_of_its_names(ImageFormat format)
    {
        using var folder = new TestFolder();
        var image = SampleImage.Create(format);
        folder.Write("a.tar", await SampleImage.WriteAsync(image));
        foreach (var tag in SampleImage.Tags)
        {
            if (format == ImageFormat.Oci) CollectionAssert.AreEqual(image.ManifestBytes, await RealTool.RunAsync("skopeo", "inspect", "--raw", $"oci-archive:{folder["a.tar"]}:team/app:{tag}"));
            CollectionAssert.AreEqual(image.ConfigurationBytes, await RealTool.RunAsync("skopeo", "inspect", "--raw", "--config", $"docker-archive:{folder["a.tar"]}:team/app:{tag}"));
        }
    }

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task Skopeo_finds_the_only_tag_without_a_name(ImageFormat format)
    {
        using var folder = new TestFolder();
        folder.Write("a.tar", await SampleImage.WriteAsync(SampleImage.Create(format), Tag.Latest));
        CollectionAssert.AreEqual(SampleImage.Create(format).ManifestBytes, await RealTool.RunAsync("skopeo", "inspect", "--raw", $"oci-archive:{folder["a.tar"]}"));
    }

    [TestMethod]
    [DataRow("docker-archive", ImageFormat.Docker)]
    [DataRow("oci-archive", ImageFormat.Oci)]
    public async Task An_archive_that_skopeo_wrote_is_read(string transport, ImageFormat layout)
    {
        using var folder = new TestFolder();
        var image = SampleImage.Create();
        folder.Write("a.tar", await SampleImage.WriteAsync(image));
        await RealTool.RunAsync("skopeo", "copy", $"oci-archive:{folder["a.tar"]}:team/app:1.0", $"{transport}:{folder["b.tar"]}:team/app:1.0");

        using var source = new ArchiveImageSource(new ArchiveReference(folder["b.tar"], layout));
        var read = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);

        Expect.Sequence(read.Layers.Select(l => l.DiffId), [.. image.Layers.Select(l => l.DiffId)]);
        foreach (var layer in read.Layers) await SampleImage.ReadAsync(layer);
    }
}
