namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class FileDestinationTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    public async Task A_folder_holds_many_images_and_tags()
    {
        await _app.With("ContainerRepository", "first").PublishAsync();
        await _app.With("ContainerRepository", "second").With("ContainerImageTags", "1.0;latest").PublishAsync();
        foreach (var name in (string[])["first:latest", "second:1.0", "second:latest"]) LayoutImages.Read(_app.Registry, name);
        Assert.HasCount(3, new ImageLayout(_app.Registry).ReadIndex().Manifests);
    }

    [TestMethod]
    public async Task An_archive_comes_before_a_registry()
    {
        await _app.With("ContainerArchiveOutputPath", "../app.tar").PublishAsync();
        Assert.IsTrue(File.Exists(_app.PathOf("app.tar")));
        Assert.IsFalse(Directory.Exists(_app.Registry));
    }

    [TestMethod]
    public async Task An_archive_is_a_base_again()
    {
        await _app.With("ContainerArchiveOutputPath", _app.PathOf("app.tar")).PublishAsync();
        _app["ContainerArchiveOutputPath"] = "";
        foreach (var notation in (string[])["oci-archive", "docker-archive"])
        {
            var image = await _app.With("ContainerBaseImage", $"{notation}:{_app.PathOf("app.tar")}").With("ContainerAppCommandInstruction", "Entrypoint").ImageAsync();
            Assert.HasCount(2, image.Layers);
            Assert.AreEqual(image.Layers[0].DiffId, image.Layers[1].DiffId);
        }
    }

    [TestMethod]
    [DataRow("archives/")]
    [DataRow("archives")]
    public async Task In_a_folder_an_archive_is_named_after_the_repository(string path)
    {
        Directory.CreateDirectory(_app.PathOf("app/archives"));
        await _app.With("ContainerArchiveOutputPath", path).With("ContainerRepository", "team/app").PublishAsync();
        Assert.IsTrue(File.Exists(_app.PathOf("app/archives/team/app.tar.gz")));
        Assert.AreEqual(_app.PathOf("app/archives/team/app.tar.gz"), (string?)_app.Result["archive"]);
    }

    [TestMethod]
    public async Task An_archive_is_the_same_each_time()
    {
        foreach (var name in (string[])["1.tar", "2.tar"]) await _app.With("ContainerArchiveOutputPath", _app.PathOf(name)).PublishAsync();
        CollectionAssert.AreEqual(File.ReadAllBytes(_app.PathOf("1.tar")), File.ReadAllBytes(_app.PathOf("2.tar")));
    }

    [TestMethod]
    public async Task An_image_that_goes_nowhere_is_made_and_kept()
    {
        await _app.With("ContainerDeliver", "false").PublishAsync();
        Assert.IsFalse(Directory.Exists(_app.Registry));
        Assert.IsFalse((bool)_app.Result["delivered"]!);
        Assert.AreEqual((string?)_app.Result["digest"], new ImageLayout(_app.PathOf("app/obj/container/image")).ReadIndex().Manifests.Single().Digest.ToString());
    }

    [TestMethod]
    public async Task What_was_in_an_archive_stays_where_the_publish_fails()
    {
        var made = MadeImage.Of();
        _app["ContainerBaseImage"] = made.ToFolder(_app.PathOf("bases"), "base:1.0");
        File.WriteAllText(_app.PathOf($"bases/blobs/{made.Layers[0].Replace(':', '/')}"), "damaged");
        var archive = _app.Write("app.tar", "an older archive"u8.ToArray());
        await Assert.ThrowsAsync<ContainerException>(() => _app.With("ContainerArchiveOutputPath", archive).PublishAsync());
        Assert.AreEqual("an older archive", File.ReadAllText(archive));
        Assert.IsFalse(Directory.EnumerateFiles(_app.PathOf("."), "*.partial").Any());
    }

    [TestMethod]
    public Task A_folder_below_a_file_is_refused() => Refused("CSDK8001", "ContainerRegistry", $"oci:{_app.Write("file", [])}/images");

    [TestMethod]
    public Task An_archive_below_a_file_is_refused() => Refused("CSDK8001", "ContainerArchiveOutputPath", $"{_app.Write("file", [])}/app.tar");

    [TestMethod]
    public async Task A_folder_that_holds_other_files_is_refused_and_left_alone()
    {
        _app.Write("other/precious.txt", "keep me"u8.ToArray());
        await Refused("CSDK4005", "ContainerRegistry", $"oci:{_app.PathOf("other")}");
        Expect.Sequence(Directory.EnumerateFileSystemEntries(_app.PathOf("other")).Select(f => Path.GetFileName(f)!), "precious.txt");
    }

    [TestMethod]
    public async Task A_registry_that_does_not_answer_is_an_error_that_may_pass() =>
        Assert.IsTrue((await _app.With("ContainerRegistry", $"127.0.0.1:{RecordingProxy.FreePort()}").RefusedAsync("CSDK3001")).Diagnostic.Transient);

    [TestMethod]
    public Task An_engine_that_nobody_knows_is_refused() => _app.With("ContainerRegistry", "").With("ContainerEngine", "wharf").RefusedAsync("CSDK1007");

    [TestMethod]
    public async Task A_path_of_this_machine_is_not_in_the_image()
    {
        await _app.With("ContainerBaseImage", MadeImage.Of().ToFolder(_app.PathOf("bases"), "base:1.0")).PublishAsync();
        foreach (var blob in Directory.EnumerateFiles(_app.Registry, "*", SearchOption.AllDirectories))
            Assert.AreEqual(-1, File.ReadAllBytes(blob).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Path.GetDirectoryName(_app.Registry)!)), blob);
    }

    public void Dispose() => _app.Dispose();

    private Task<ContainerException> Refused(string code, string property, string value) => _app.With(property, value).RefusedAsync(code);
}
