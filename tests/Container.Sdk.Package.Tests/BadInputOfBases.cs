namespace Container.Sdk.Package.Tests;

/// <summary>A base that is not there, or is not what it should be: the code says which, and nothing was packed.</summary>
[TestClass]
public sealed class BadInputOfBases
{
    private readonly Sandbox _sandbox = new Sandbox().BuiltConsole();
    private readonly MadeImage _base = MadeImage.Of();

    private string Folder => _sandbox.PathOf("bases");

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    [DataRow("nothing:1.0")]
    [DataRow("dotnet/runtime:0.1")]
    [DataRow("dotnet/runtime@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public void An_image_that_the_registry_does_not_have_is_refused(string name) => Refused("CSDK3004", $"{Testbed.Registry}/{name}");

    [TestMethod]
    public void An_image_that_the_folder_does_not_have_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        Refused("CSDK3004", $"oci:{Folder}:base:2.0");
    }

    [TestMethod]
    public void A_folder_that_is_not_there_is_refused() => Refused("CSDK3004", $"oci:{Folder}:base:1.0");

    [TestMethod]
    public void A_folder_that_is_no_layout_is_refused()
    {
        Directory.CreateDirectory(Folder);
        Refused("CSDK4005", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public void A_folder_of_several_images_without_a_name_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        MadeImage.Of(content: "another").ToFolder(Folder, "base:2.0");
        Refused("CSDK1004", $"oci:{Folder}");
    }

    [TestMethod]
    public void An_index_that_is_no_JSON_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        File.WriteAllText(Path.Combine(Folder, "index.json"), "{\"schemaVersion\":2,");
        Refused("CSDK4005", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public void A_manifest_with_another_digest_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        var manifest = Path.Combine(Folder, "blobs", _base.Digest.Replace(':', '/'));
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("schemaVersion", "SchemaVersion", StringComparison.Ordinal));
        Refused("CSDK4001", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public void A_configuration_that_is_cut_off_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        File.WriteAllText(Path.Combine(Folder, "blobs", _base.Configurations[0].Replace(':', '/')), "{");
        Refused("CSDK4002", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public void A_configuration_that_is_missing_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        File.Delete(Path.Combine(Folder, "blobs", _base.Configurations[0].Replace(':', '/')));
        Refused("CSDK4005", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    [DataRow("""{"Entrypoint": "/bin/sh"}""")]
    [DataRow("""{"Env": {"A": "b"}}""")]
    [DataRow("""{"Labels": ["a"]}""")]
    [DataRow("""{"ExposedPorts": ["80/tcp"]}""")]
    [DataRow("""{"Volumes": "/data"}""")]
    [DataRow("""{"User": 1654}""")]
    [DataRow("[]")]
    public void A_configuration_with_settings_of_another_shape_is_refused(string settings) =>
        Refused("CSDK4003", MadeImage.Of(settings).ToFolder(Folder, "base:1.0"));

    [TestMethod]
    [DataRow("""{"history": {}}""")]
    [DataRow("""{"rootfs": []}""")]
    public void A_configuration_of_another_shape_is_refused(string root) => Refused("CSDK4003", MadeImage.Of(root: root).ToFolder(Folder, "base:1.0"));

    [TestMethod]
    public void Something_in_a_registry_that_is_no_image_is_refused()
    {
        var name = $"{Testbed.Registry}/artifacts/{Guid.NewGuid():N}:1.0";
        _sandbox.Write("note.txt", "no image");
        Testbed.Tool("oras", "push", "--plain-http", "--disable-path-validation", "--artifact-type", "application/x.note", name, $"{_sandbox.PathOf("note.txt")}:text/plain").Succeeded();
        Refused("CSDK4003", name);
    }

    [TestMethod]
    [DataRow("oci-archive")]
    [DataRow("docker-archive")]
    public void An_archive_that_is_cut_off_is_refused(string notation)
    {
        var archive = Archive(notation);
        var bytes = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, bytes[..(bytes.Length / 3)]);
        Refused("CSDK4004", $"{notation}:{archive}");
    }

    [TestMethod]
    [DataRow("oci-archive")]
    [DataRow("docker-archive")]
    public void An_archive_that_is_none_is_refused(string notation)
    {
        _sandbox.Write("base.tar", new string('x', 5000));
        Refused("CSDK4004", $"{notation}:{_sandbox.PathOf("base.tar")}");
    }

    [TestMethod]
    [DataRow("oci-archive")]
    [DataRow("docker-archive")]
    public void An_archive_that_is_not_there_is_refused(string notation) => Refused("CSDK3004", $"{notation}:{_sandbox.PathOf("base.tar")}");

    [TestMethod]
    public void An_image_that_the_engine_does_not_have_is_refused()
    {
        Testbed.Docker("version").Succeeded();
        Refused("CSDK3004", "docker-daemon:nobody/has:this");
    }

    private string Archive(string notation)
    {
        var file = _sandbox.PathOf("base.tar");
        Testbed.Tool("skopeo", "copy", _base.ToFolder(Folder, "base:1.0"), $"{notation}:{file}:base:1.0").Succeeded();
        return file;
    }

    private void Refused(string code, string reference)
    {
        _sandbox.PublishBuilt($"-p:ContainerBaseImage={reference}").RefusedWith(code);
        Assert.AreEqual(0, _sandbox.PackedLayers());
        Assert.IsFalse(Directory.Exists(_sandbox.Registry));
    }
}
