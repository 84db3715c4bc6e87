namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class BasesAndFormats
{
    private readonly string _repository = $"formats/{Guid.NewGuid():N}";

    [TestMethod]
    public void An_image_has_the_format_of_its_base()
    {
        Assert.AreEqual(ImageFormat.Docker, Publish(ImageFormat.Docker).Manifest.Format);
        Assert.AreEqual(ImageFormat.Oci, Publish(ImageFormat.Oci).Manifest.Format);
    }

    // That no media type of the other format is left anywhere is among the checks that every image goes through.
    [TestMethod]
    public void OCI_on_a_docker_base_has_OCI_types_only()
    {
        var image = Publish(ImageFormat.Docker, "-p:ContainerImageFormat=OCI");
        Assert.AreEqual(MediaTypes.OciManifest, image.Manifest.MediaType);
        Expect.Sequence(image.Manifest.Layers.Select(l => l.MediaType).Distinct(), MediaTypes.OciLayerGzip);
        Assert.AreEqual(MediaTypes.OciConfig, image.Manifest.Config.MediaType);
    }

    [TestMethod]
    [DataRow("Docker")]
    [DataRow("docker")]
    [DataRow("DOCKER")]
    public void Dockers_format_is_found_in_any_case(string format)
    {
        var image = Publish(ImageFormat.Oci, $"-p:ContainerImageFormat={format}");
        Assert.AreEqual(MediaTypes.DockerManifest, image.Manifest.MediaType);
        Expect.Sequence(image.Manifest.Layers.Select(l => l.MediaType).Distinct(), MediaTypes.DockerLayerGzip);
        Assert.AreEqual(MediaTypes.DockerConfig, image.Manifest.Config.MediaType);
    }

    [TestMethod]
    public void A_folder_takes_OCI_whatever_the_base_is()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var made = MadeImage.Of(format: ImageFormat.Docker).ToFolder(sandbox.PathOf("bases"), "base:1.0");
        Assert.AreEqual(ImageFormat.Oci, sandbox.BuiltImage($"-p:ContainerBaseImage={made}").Manifest.Format);
    }

    private Image Publish(ImageFormat formatOfBase, params string[] arguments)
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var made = MadeImage.Of(format: formatOfBase).ToRegistry(Testbed.Registry, $"{_repository}/base", formatOfBase.ToString());
        sandbox.PublishBuilt([$"-p:ContainerBaseImage={made}", $"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepository={_repository}/app", .. arguments]).Succeeded();
        return RegistryImages.Read(Testbed.Registry, $"{_repository}/app", "latest");
    }
}
