namespace Container.Sdk.Publishing.Tests;

/// <summary>Formats of images, in a real registry.</summary>
[TestClass]
public sealed class RegistryFormatsTests
{
    private readonly string _repository = $"formats/{Guid.NewGuid():N}";

    [TestMethod]
    [DataRow(ImageFormat.Docker)]
    [DataRow(ImageFormat.Oci)]
    public async Task An_image_has_the_format_of_its_base(ImageFormat format) => Assert.AreEqual(format, (await PublishAsync(format)).Manifest.Format);

    // That no media type of the other format is left anywhere is among the checks that every image goes through.
    [TestMethod]
    public async Task OCI_on_a_docker_base_has_OCI_types_only()
    {
        var image = await PublishAsync(ImageFormat.Docker, "OCI");
        Assert.AreEqual(MediaTypes.OciManifest, image.Manifest.MediaType);
        Expect.Sequence(image.Manifest.Layers.Select(l => l.MediaType).Distinct(), MediaTypes.OciLayerGzip);
        Assert.AreEqual(MediaTypes.OciConfig, image.Manifest.Config.MediaType);
    }

    [TestMethod]
    [DataRow("Docker")]
    [DataRow("docker")]
    [DataRow("DOCKER")]
    public async Task Dockers_format_is_found_in_any_case(string format)
    {
        var image = await PublishAsync(ImageFormat.Oci, format);
        Assert.AreEqual(MediaTypes.DockerManifest, image.Manifest.MediaType);
        Expect.Sequence(image.Manifest.Layers.Select(l => l.MediaType).Distinct(), MediaTypes.DockerLayerGzip);
        Assert.AreEqual(MediaTypes.DockerConfig, image.Manifest.Config.MediaType);
    }

    private async Task<Image> PublishAsync(ImageFormat formatOfBase, string format = "")
    {
        using var app = new TestApp();
        var made = MadeImage.Of(format: formatOfBase).ToRegistry(Testbed.Registry, $"{_repository}/base", formatOfBase.ToString());
        await app.With("ContainerBaseImage", made).With("ContainerRegistry", Testbed.Registry).With("ContainerRepository", $"{_repository}/app").With("ContainerImageFormat", format).PublishAsync();
        return RegistryImages.Read(Testbed.Registry, $"{_repository}/app", "latest");
    }
}
