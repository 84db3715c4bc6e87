using System.Text.Json.Nodes;

namespace Container.Sdk.Publishing.Tests;

/// <summary>What other tools find in what was published.</summary>
[TestClass]
public sealed class ForeignReadersTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    public async Task Umoci_unpacks_what_was_published()
    {
        await _app.Publish("data/ä 中 😀.txt", "text").PublishAsync();
        Testbed.Tool("umoci", "unpack", "--rootless", "--image", $"{_app.Registry}:app:latest", _app.PathOf("bundle")).Succeeded();
        var (published, unpacked) = (_app.PathOf("app/publish"), _app.PathOf("bundle/rootfs/app"));
        Expect.Sequence(FilesIn(unpacked), [.. FilesIn(published)]);
        foreach (var file in FilesIn(published))
            CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(published, file)), File.ReadAllBytes(Path.Combine(unpacked, file)), file);
    }

    [TestMethod]
    public async Task Skopeo_reads_an_archive_in_both_ways()
    {
        var archive = _app.PathOf("out/app.tar");
        var report = await _app.With("ContainerArchiveOutputPath", archive).PublishAsync();
        StringAssert.Contains(Testbed.Tool("skopeo", "inspect", $"oci-archive:{archive}:app:latest").Succeeded().Output, report.Image.Descriptor.Digest.ToString());
        Testbed.Tool("skopeo", "inspect", $"docker-archive:{archive}:app:latest").Succeeded();
        Expect.Sequence(FilesIn(_app.PathOf("out")), "app.tar");
    }

    [TestMethod]
    [DataRow("", MediaTypes.OciManifest)]
    [DataRow("Docker", MediaTypes.DockerManifest)]
    public async Task An_archive_has_the_format_that_is_asked_for(string format, string mediaType)
    {
        var archive = _app.PathOf("app.tar");
        await _app.With("ContainerArchiveOutputPath", archive).With("ContainerImageFormat", format).PublishAsync();
        var index = JsonNode.Parse(Command.Run("tar", ["-xOf", archive, "index.json"]).Succeeded().Output)!;
        Assert.AreEqual(mediaType, (string?)index["manifests"]![0]!["mediaType"]);
        Testbed.Tool("skopeo", "inspect", $"docker-archive:{archive}:app:latest").Succeeded();
    }

    [TestMethod]
    public async Task Skopeo_reads_the_image_between_building_and_delivering()
    {
        var report = await _app.PublishAsync();
        var inspected = Testbed.Tool("skopeo", "inspect", $"oci:{_app.PathOf("app/obj/container/image")}").Succeeded().Output;
        StringAssert.Contains(inspected, report.Image.Descriptor.Digest.ToString());
        Testbed.Tool("skopeo", "inspect", "--config", $"oci:{_app.PathOf("app/obj/container/image")}").Succeeded();
    }

    public void Dispose() => _app.Dispose();

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal);
}
