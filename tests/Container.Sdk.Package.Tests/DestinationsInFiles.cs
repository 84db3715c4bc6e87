using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class DestinationsInFiles
{
    private readonly Sandbox _sandbox = new Sandbox().BuiltConsole();

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void A_folder_holds_many_images_and_tags()
    {
        _sandbox.PublishBuilt("-p:ContainerRepository=first").Succeeded();
        _sandbox.BuiltContent("<PropertyGroup><ContainerImageTags>1.0;latest</ContainerImageTags></PropertyGroup>").PublishBuilt("-p:ContainerRepository=second").Succeeded();
        foreach (var name in (string[])["first:latest", "second:1.0", "second:latest"]) LayoutImages.Read(_sandbox.Registry, name);
        Assert.HasCount(3, new ImageLayout(_sandbox.Registry).ReadIndex().Manifests);
    }

    [TestMethod]
    public void Umoci_unpacks_what_was_published()
    {
        _sandbox.Write("app/data/ä 中 😀.txt", "text").BuiltContent("""<ItemGroup><None Include="data/**" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
        _sandbox.PublishBuilt().Succeeded();
        Testbed.Tool("umoci", "unpack", "--rootless", "--image", $"{_sandbox.Registry}:app:latest", _sandbox.PathOf("bundle")).Succeeded();
        var published = _sandbox.PathOf("app/bin/Release/net10.0/publish");
        var unpacked = _sandbox.PathOf("bundle/rootfs/app");
        Expect.Sequence(FilesIn(unpacked), [.. FilesIn(published)]);
        foreach (var file in FilesIn(published))
            CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(published, file)), File.ReadAllBytes(Path.Combine(unpacked, file)), file);
    }

    [TestMethod]
    public void An_archive_is_read_by_skopeo_in_both_ways()
    {
        _sandbox.PublishBuilt($"-p:ContainerArchiveOutputPath={_sandbox.PathOf("out/app.tar")}").Succeeded();
        var digest = (string)_sandbox.Result("app")["digest"]!;
        var archive = _sandbox.PathOf("out/app.tar");
        StringAssert.Contains(Testbed.Tool("skopeo", "inspect", $"oci-archive:{archive}:app:latest").Succeeded().Output, digest);
        Testbed.Tool("skopeo", "inspect", $"docker-archive:{archive}:app:latest").Succeeded();
        Expect.Sequence(FilesIn(_sandbox.PathOf("out")), "app.tar");
        Assert.IsFalse(Directory.Exists(_sandbox.Registry), "An archive comes before a registry.");
    }

    [TestMethod]
    [DataRow("", MediaTypes.OciManifest)]
    [DataRow("Docker", MediaTypes.DockerManifest)]
    public void An_archive_has_the_format_that_is_asked_for(string format, string mediaType)
    {
        var archive = _sandbox.PathOf("app.tar");
        _sandbox.PublishBuilt($"-p:ContainerArchiveOutputPath={archive}", $"-p:ContainerImageFormat={format}").Succeeded();
        var index = JsonNode.Parse(Command.Run("tar", ["-xOf", archive, "index.json"]).Succeeded().Output)!;
        Assert.AreEqual(mediaType, (string?)index["manifests"]![0]!["mediaType"]);
        Testbed.Tool("skopeo", "inspect", $"docker-archive:{archive}:app:latest").Succeeded();
    }

    [TestMethod]
    public void An_archive_is_a_base_again()
    {
        _sandbox.PublishBuilt($"-p:ContainerArchiveOutputPath={_sandbox.PathOf("app.tar")}").Succeeded();
        foreach (var notation in (string[])["oci-archive", "docker-archive"])
        {
            var image = _sandbox.BuiltImage($"-p:ContainerBaseImage={notation}:{_sandbox.PathOf("app.tar")}", "-p:ContainerAppCommandInstruction=Entrypoint");
            Assert.HasCount(2, image.Layers);
            Assert.AreEqual(image.Layers[0].DiffId, image.Layers[1].DiffId);
        }
    }

    [TestMethod]
    [DataRow("archives/")]
    [DataRow("archives")]
    public void In_a_folder_an_archive_is_named_after_the_repository(string path)
    {
        Directory.CreateDirectory(_sandbox.PathOf("app/archives"));
        _sandbox.PublishBuilt($"-p:ContainerArchiveOutputPath={path}", "-p:ContainerRepository=team/app").Succeeded();
        Expect.Sequence(FilesIn(_sandbox.PathOf("app/archives")), "team/app.tar.gz");
        Assert.AreEqual(_sandbox.PathOf("app/archives/team/app.tar.gz"), (string?)_sandbox.Result("app")["archive"]);
    }

    [TestMethod]
    public void An_archive_is_the_same_each_time()
    {
        _sandbox.PublishBuilt($"-p:ContainerArchiveOutputPath={_sandbox.PathOf("1.tar")}").Succeeded();
        _sandbox.PublishBuilt($"-p:ContainerArchiveOutputPath={_sandbox.PathOf("2.tar")}").Succeeded();
        CollectionAssert.AreEqual(File.ReadAllBytes(_sandbox.PathOf("1.tar")), File.ReadAllBytes(_sandbox.PathOf("2.tar")));
    }

    [TestMethod]
    public void An_image_that_goes_nowhere_is_made_and_kept()
    {
        _sandbox.PublishBuilt("-p:ContainerDeliver=false").Succeeded();
        Assert.IsFalse(Directory.Exists(_sandbox.Registry));
        var result = _sandbox.Result("app");
        Assert.IsFalse((bool)result["delivered"]!);
        var manifest = File.ReadAllBytes(_sandbox.PathOf("app/obj/Release/net10.0/container/image/manifest.json"));
        Assert.AreEqual((string?)result["digest"], Digest.Of(manifest).ToString());
    }

    [TestMethod]
    public void What_was_in_an_archive_stays_where_the_publish_fails()
    {
        var archive = _sandbox.Write("app.tar", "an older archive").PathOf("app.tar");
        var made = MadeImage.Of();
        var reference = made.ToFolder(_sandbox.PathOf("bases"), "base:1.0");
        File.WriteAllText(_sandbox.PathOf($"bases/blobs/{made.Layers[0].Replace(':', '/')}"), "damaged");
        Assert.AreNotEqual(0, _sandbox.PublishBuilt($"-p:ContainerBaseImage={reference}", $"-p:ContainerArchiveOutputPath={archive}").ExitCode);
        Assert.AreEqual("an older archive", File.ReadAllText(archive));
        Assert.IsFalse(Directory.EnumerateFiles(_sandbox.Folder, "*.partial").Any());
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal);
}
