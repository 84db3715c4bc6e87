namespace Container.Sdk.Package.Tests;

/// <summary>Bases that need no server. Each is an image with one layer and one variable, and the app lies on top.</summary>
[TestClass]
public sealed class BasesInFiles
{
    private static readonly MadeImage Base = MadeImage.Of("""{"Env": ["FROM_BASE=yes"]}""");

    private readonly Sandbox _sandbox = new Sandbox().BuiltConsole();

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void A_base_in_a_folder_is_found_by_its_name()
    {
        MadeImage.Of(content: "another").ToFolder(_sandbox.PathOf("bases"), "other:1.0");
        IsOn(Base.ToFolder(_sandbox.PathOf("bases"), "base:1.0"));
    }

    [TestMethod]
    public void A_base_in_a_folder_is_found_by_its_digest()
    {
        Base.ToFolder(_sandbox.PathOf("bases"), "base:1.0");
        MadeImage.Of(content: "another").ToFolder(_sandbox.PathOf("bases"), "base:2.0");
        IsOn($"oci:{_sandbox.PathOf("bases")}:base@{Base.Digest}");
    }

    [TestMethod]
    public void A_relative_folder_is_relative_to_the_project()
    {
        Base.ToFolder(_sandbox.PathOf("bases"), "base:1.0");
        IsOn("oci:../bases:base:1.0");
    }

    [TestMethod]
    public void The_only_image_of_a_folder_needs_no_name()
    {
        Base.ToFolder(_sandbox.PathOf("bases"), "base:1.0");
        IsOn($"oci:{_sandbox.PathOf("bases")}");
    }

    [TestMethod]
    public void An_index_in_a_folder_gives_the_platforms_image()
    {
        var arm = MadeImage.Of(root: """{"architecture": "arm64"}""");
        IsOn(MadeImage.IndexOf(MediaTypes.OciIndex, arm, Base).ToFolder(_sandbox.PathOf("bases"), "base:1.0"));
    }

    [TestMethod]
    public void A_base_can_be_an_archive_that_skopeo_wrote()
    {
        Testbed.Tool("skopeo", "copy", Base.ToFolder(_sandbox.PathOf("bases"), "base:1.0"), $"oci-archive:{_sandbox.PathOf("base.tar")}:base:1.0").Succeeded();
        IsOn($"oci-archive:{_sandbox.PathOf("base.tar")}");
    }

    [TestMethod]
    public void A_base_can_be_a_docker_archive_that_skopeo_wrote() => IsOn($"docker-archive:{DockerArchive("base:1.0")}");

    [TestMethod]
    public void A_base_can_be_what_docker_saved()
    {
        using var engine = new EngineRepository();
        Testbed.Docker("load", "-i", DockerArchive($"{engine.Name}:latest")).Succeeded();
        Testbed.Docker("save", "-o", _sandbox.PathOf("saved.tar"), $"{engine.Name}:latest").Succeeded();
        IsOn($"docker-archive:{_sandbox.PathOf("saved.tar")}");
    }

    [TestMethod]
    public void A_base_can_be_in_the_engines_own_store()
    {
        using var engine = new EngineRepository();
        Testbed.Docker("load", "-i", DockerArchive($"{engine.Name}:latest")).Succeeded();
        IsOn($"docker-daemon:{engine.Name}:latest");
    }

    [TestMethod]
    public void On_scratch_there_is_nothing_but_the_app()
    {
        var image = _sandbox.BuiltImage();
        Assert.HasCount(1, image.Layers);
        Assert.IsEmpty(image.Configuration.Environment);
        Assert.IsFalse(image.Configuration.Labels.Keys.Any(k => k.StartsWith("org.opencontainers.image.base.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_path_of_this_machine_is_not_in_the_image()
    {
        _sandbox.BuiltImage($"-p:ContainerBaseImage={Base.ToFolder(_sandbox.PathOf("bases"), "base:1.0")}");
        foreach (var blob in Directory.EnumerateFiles(_sandbox.Registry, "*", SearchOption.AllDirectories))
            Assert.AreEqual(-1, File.ReadAllBytes(blob).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(_sandbox.Folder)), blob);
    }

    private string DockerArchive(string name)
    {
        var file = _sandbox.PathOf("docker.tar");
        Testbed.Tool("skopeo", "copy", Base.ToFolder(_sandbox.PathOf("bases"), "base:1.0"), $"docker-archive:{file}:{name}").Succeeded();
        return file;
    }

    private void IsOn(string reference)
    {
        var image = _sandbox.BuiltImage($"-p:ContainerBaseImage={reference}");
        Assert.HasCount(2, image.Layers);
        Assert.AreEqual(Base.DiffIds[0], image.Layers[0].DiffId.ToString());
        Assert.Contains(KeyValuePair.Create("FROM_BASE", "yes"), image.Configuration.Environment);
        Assert.Contains("app/app.dll", LayoutImages.OwnFiles(image));
    }
}
