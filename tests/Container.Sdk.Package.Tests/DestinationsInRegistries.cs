namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class DestinationsInRegistries
{
    private readonly string _repository = $"destinations/{Guid.NewGuid():N}";

    private string[] ToRegistry => [$"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepository={_repository}"];

    [TestMethod]
    public void All_tags_are_the_same_whole_image()
    {
        using var sandbox = new Sandbox().BuiltConsole("<PropertyGroup><ContainerImageTags>1.0;1;latest</ContainerImageTags></PropertyGroup>");
        sandbox.PublishBuilt(ToRegistry).Succeeded();
        var image = RegistryImages.Read(Testbed.Registry, _repository, "1.0");
        Assert.AreEqual((string?)sandbox.Result("app")["digest"], image.Descriptor.Digest.ToString());
        foreach (var tag in (string[])["1.0", "1", "latest"])
            Assert.AreEqual(image.Descriptor.Digest.ToString(), RegistryImages.DigestOf(Testbed.Registry, _repository, tag));
    }

    [TestMethod]
    public void The_tag_is_written_after_everything_else()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        using var proxy = new RecordingProxy();
        sandbox.PublishBuilt([.. ToRegistry, $"-p:ContainerRegistry={proxy.Address}"]).Succeeded();
        var written = proxy.TakeRequests().Where(r => r.Method is "PUT" or "PATCH" or "POST").ToList();
        Assert.AreEqual(("PUT", $"/v2/{_repository}/manifests/latest"), (written[^1].Method, written[^1].Path));
        Assert.AreEqual(1, written.Count(r => r.Path.EndsWith("/manifests/latest", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Foreign_tools_read_the_image()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt(ToRegistry).Succeeded();
        var digest = (string)sandbox.Result("app")["digest"]!;
        var name = $"{Testbed.Registry}/{_repository}:latest";
        StringAssert.Contains(Testbed.Tool("skopeo", "inspect", "--tls-verify=false", $"docker://{name}").Succeeded().Output, digest);
        StringAssert.Contains(Testbed.Tool("oras", "manifest", "fetch", "--plain-http", "--descriptor", name).Succeeded().Output, digest);
        Testbed.Tool("buildah", "pull", "--tls-verify=false", name).Succeeded();
        Testbed.Tool("buildah", "rmi", name).Succeeded();
    }

    [TestMethod]
    public void Docker_pulls_and_runs_it()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt([.. ToRegistry, $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0"]).Succeeded();
        var name = $"{Testbed.Registry}/{_repository}:latest";
        try
        {
            StringAssert.Contains(Testbed.Docker("run", "--rm", "--network", "none", "--pull", "always", name).Succeeded().Output, "Hello");
        }
        finally
        {
            Testbed.Docker("rmi", "--force", name);
        }
    }

    [TestMethod]
    public void The_image_under_another_name_is_mounted_and_not_sent()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt(ToRegistry).Succeeded();
        sandbox.PublishBuilt([.. ToRegistry, $"-p:ContainerRepository={_repository}-2"]).Succeeded();
        Assert.AreEqual("mounted", (string?)sandbox.Result("app")["layers"]![0]!["transfer"]);
        Assert.AreEqual(
            RegistryImages.Read(Testbed.Registry, _repository, "latest").Descriptor.Digest,
            RegistryImages.Read(Testbed.Registry, $"{_repository}-2", "latest").Descriptor.Digest);
    }

    [TestMethod]
    public void A_further_tag_sends_no_layer()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt([.. ToRegistry, "-p:ContainerImageTag=1"]).Succeeded();
        using var proxy = new RecordingProxy();
        sandbox.PublishBuilt([.. ToRegistry, "-p:ContainerImageTag=2", $"-p:ContainerRegistry={proxy.Address}"]).Succeeded();
        Assert.AreEqual((0, 0, 1), proxy.TakeWrites());
        Assert.AreEqual(RegistryImages.DigestOf(Testbed.Registry, _repository, "1"), RegistryImages.DigestOf(Testbed.Registry, _repository, "2"));
    }

    [TestMethod]
    public void A_changed_file_sends_its_own_layer_only()
    {
        using var sandbox = new Sandbox().Library("Lib").Console("app", "<ItemGroup><ProjectReference Include=\"../Lib/Lib.csproj\" /></ItemGroup>");
        sandbox.PublishOnScratch("app", ToRegistry).Succeeded();
        sandbox.Write("app/Program.cs", "Console.WriteLine(\"Changed\");");
        sandbox.PublishOnScratch("app", ToRegistry).Succeeded();
        Expect.Sequence(sandbox.Result("app")["layers"]!.AsArray().Select(l => $"{l!["name"]}: {l["transfer"]}"), "project Lib: reused", "program host: reused", "application: sent");
    }

    [TestMethod]
    public void Where_a_layer_of_the_base_is_damaged_no_tag_is_written()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var made = MadeImage.Of();
        var reference = made.ToFolder(sandbox.PathOf("bases"), "base:1.0");
        var layer = sandbox.PathOf($"bases/blobs/{made.Layers[0].Replace(':', '/')}");
        var bytes = File.ReadAllBytes(layer);
        bytes[^1] ^= 1;
        File.WriteAllBytes(layer, bytes);
        sandbox.PublishBuilt([.. ToRegistry, $"-p:ContainerBaseImage={reference}"]).RefusedWith("CSDK4001");
        Assert.IsNull(RegistryImages.DigestOf(Testbed.Registry, _repository, "latest"));
    }
}
