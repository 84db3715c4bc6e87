namespace Container.Sdk.Publishing.Tests;

/// <summary>A base that is not there, or is not what it should be: the code says which, and nothing was packed.</summary>
[TestClass]
public sealed class BadBasesTests : IDisposable
{
    private readonly TestApp _app = new();
    private readonly MadeImage _base = MadeImage.Of();

    private string Folder => _app.PathOf("bases");

    [TestMethod]
    public Task An_image_that_the_folder_does_not_have_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        return Refused("CSDK3004", $"oci:{Folder}:base:2.0");
    }

    [TestMethod]
    public Task A_folder_that_is_not_there_is_refused() => Refused("CSDK3004", $"oci:{Folder}:base:1.0");

    [TestMethod]
    public Task A_folder_that_is_no_layout_is_refused()
    {
        Directory.CreateDirectory(Folder);
        return Refused("CSDK4005", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public Task A_folder_of_several_images_without_a_name_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        MadeImage.Of(content: "another").ToFolder(Folder, "base:2.0");
        return Refused("CSDK1004", $"oci:{Folder}");
    }

    [TestMethod]
    public Task An_index_that_is_no_JSON_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        File.WriteAllText(Path.Combine(Folder, "index.json"), "{\"schemaVersion\":2,");
        return Refused("CSDK4005", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public Task A_manifest_with_another_digest_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        var manifest = Path.Combine(Folder, "blobs", _base.Digest.Replace(':', '/'));
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("schemaVersion", "SchemaVersion", StringComparison.Ordinal));
        return Refused("CSDK4001", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public Task A_configuration_that_is_cut_off_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        File.WriteAllText(Path.Combine(Folder, "blobs", _base.Configurations[0].Replace(':', '/')), "{");
        return Refused("CSDK4002", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    public Task A_configuration_that_is_missing_is_refused()
    {
        _base.ToFolder(Folder, "base:1.0");
        File.Delete(Path.Combine(Folder, "blobs", _base.Configurations[0].Replace(':', '/')));
        return Refused("CSDK4005", $"oci:{Folder}:base:1.0");
    }

    [TestMethod]
    [DataRow("""{"Entrypoint": "/bin/sh"}""")]
    [DataRow("""{"Env": {"A": "b"}}""")]
    [DataRow("""{"Labels": ["a"]}""")]
    [DataRow("""{"ExposedPorts": ["80/tcp"]}""")]
    [DataRow("""{"Volumes": "/data"}""")]
    [DataRow("""{"User": 1654}""")]
    [DataRow("[]")]
    public Task A_configuration_with_settings_of_another_shape_is_refused(string settings) => Refused("CSDK4003", MadeImage.Of(settings).ToFolder(Folder, "base:1.0"));

    [TestMethod]
    [DataRow("""{"history": {}}""")]
    [DataRow("""{"rootfs": []}""")]
    public Task A_configuration_of_another_shape_is_refused(string root) => Refused("CSDK4003", MadeImage.Of(root: root).ToFolder(Folder, "base:1.0"));

    [TestMethod]
    [DataRow("oci-archive")]
    [DataRow("docker-archive")]
    public Task An_archive_that_is_none_is_refused(string notation) => Refused("CSDK4004", $"{notation}:{_app.Write("base.tar", [.. Enumerable.Repeat((byte)'x', 5000)])}");

    [TestMethod]
    [DataRow("oci-archive")]
    [DataRow("docker-archive")]
    public Task An_archive_that_is_not_there_is_refused(string notation) => Refused("CSDK3004", $"{notation}:{_app.PathOf("base.tar")}");

    public void Dispose() => _app.Dispose();

    private Task<ContainerException> Refused(string code, string reference) => _app.With("ContainerBaseImage", reference).RefusedAsync(code);
}
