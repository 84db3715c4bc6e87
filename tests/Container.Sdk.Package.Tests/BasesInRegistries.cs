namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class BasesInRegistries
{
    private readonly string _repository = $"bases/{Guid.NewGuid():N}";

    [TestMethod]
    public void A_base_is_found_by_its_tag()
    {
        var made = MadeImage.Of();
        IsOn(made, made.ToRegistry(Testbed.Registry, _repository, "1.0"));
    }

    [TestMethod]
    public void A_base_is_found_by_its_digest_alone()
    {
        var made = MadeImage.Of();
        made.ToRegistry(Testbed.Registry, _repository, "1.0");
        IsOn(made, $"{Testbed.Registry}/{_repository}@{made.Digest}");
    }

    [TestMethod]
    public void Of_tag_and_digest_the_digest_decides()
    {
        var made = MadeImage.Of();
        made.ToRegistry(Testbed.Registry, _repository, "1.0");
        MadeImage.Of(content: "another image").ToRegistry(Testbed.Registry, _repository, "1.0");
        IsOn(made, $"{Testbed.Registry}/{_repository}:1.0@{made.Digest}");
    }

    [TestMethod]
    [DataRow(MediaTypes.OciIndex, ImageFormat.Oci)]
    [DataRow(MediaTypes.DockerIndex, ImageFormat.Docker)]
    public void Of_several_images_the_one_for_the_platform_is_taken(string mediaType, ImageFormat format)
    {
        var arm = MadeImage.Of(root: """{"architecture": "arm64", "variant": "v8"}""", format: format, content: "arm");
        var windows = MadeImage.Of(root: """{"os": "windows", "os.version": "10.0.1"}""", format: format, content: "windows");
        var linux = MadeImage.Of(format: format);
        var index = MadeImage.IndexOf(mediaType, windows, arm, linux).ToRegistry(Testbed.Registry, _repository, "1.0");
        IsOn(linux, index);
        IsOn(arm, index, "-p:ContainerRuntimeIdentifier=linux-arm64");
    }

    [TestMethod]
    public void An_index_without_the_platform_is_an_error()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var index = MadeImage.IndexOf(MediaTypes.OciIndex, MadeImage.Of(root: """{"architecture": "s390x"}""")).ToRegistry(Testbed.Registry, _repository, "1.0");
        sandbox.PublishBuilt($"-p:ContainerBaseImage={index}").RefusedWith("CSDK3005");
        Assert.AreEqual(0, sandbox.PackedLayers());
    }

    [TestMethod]
    public void A_single_image_for_another_platform_is_an_error()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var image = MadeImage.Of(root: """{"architecture": "s390x"}""").ToRegistry(Testbed.Registry, _repository, "1.0");
        sandbox.PublishBuilt($"-p:ContainerBaseImage={image}").RefusedWith("CSDK3005");
        Assert.AreEqual(0, sandbox.PackedLayers());
    }

    [TestMethod]
    public void Of_a_base_in_the_same_registry_only_the_documents_are_fetched()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        using var proxy = new RecordingProxy();
        var made = MadeImage.Of();
        made.ToRegistry(Testbed.Registry, _repository, "1.0");

        sandbox.PublishBuilt($"-p:ContainerBaseImage={proxy.Address}/{_repository}:1.0", $"-p:ContainerRegistry={proxy.Address}", $"-p:ContainerRepository={_repository}-app").Succeeded();

        var requests = proxy.TakeRequests();
        Expect.Sequence(
            requests.Where(r => r.Method == "GET" && r.Path.Contains("/blobs/", StringComparison.Ordinal)).Select(r => r.Path),
            $"/v2/{_repository}/blobs/{made.Configurations[0]}");
        Assert.IsTrue(requests.Any(r => r.Method == "POST" && Uri.UnescapeDataString(r.Path).Contains($"mount={made.Layers[0]}", StringComparison.Ordinal) && r.Status == 201), string.Join('\n', requests));
        Assert.AreEqual("mounted", (string?)sandbox.Result("app")["layers"]![0]!["transfer"]);
        Assert.AreEqual(made.Layers[0], RegistryImages.Read(Testbed.Registry, $"{_repository}-app", "latest").Layers[0].Descriptor.Digest.ToString());
    }

    private static void IsOn(MadeImage made, string reference, params string[] arguments)
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt([$"-p:ContainerBaseImage={reference}", .. arguments]).Succeeded();
        var found = new ImageLayout(sandbox.Registry).Find("app:latest")!;
        var image = new ImageLayout(sandbox.Registry).ReadAsync(found, null, "app", default).GetAwaiter().GetResult();
        Assert.AreEqual("", string.Join("; ", ImageValidator.ValidateAsync(image, default).GetAwaiter().GetResult()));
        Assert.AreEqual(made.Layers[0], image.Layers[0].Descriptor.Digest.ToString());
        Assert.AreEqual(made.Top.Platform, image.Configuration.Platform);
        Assert.AreEqual(made.Digest, image.Configuration.Labels["org.opencontainers.image.base.digest"]);
    }
}
