using System.Text.Json.Nodes;
namespace Container.Sdk.Oci.Tests.Archives;

[TestClass]
public sealed class ArchiveRoundTripTests
{
    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task An_image_that_was_written_is_read_back_byte_for_byte(ImageFormat format)
    {
        using var folder = new TestFolder();
        var image = SampleImage.Create(format);
        folder.Write("a.tar", await SampleImage.WriteAsync(image));

        using var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar"], ImageFormat.Oci));
        var read = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);

        CollectionAssert.AreEqual(image.ManifestBytes, read.ManifestBytes);
        CollectionAssert.AreEqual(image.ConfigurationBytes, read.ConfigurationBytes);
        for (var i = 0; i < image.Layers.Length; i++)
        {
            Assert.AreEqual(image.Layers[i].DiffId, read.Layers[i].DiffId);
            CollectionAssert.AreEqual(await SampleImage.ReadAsync(image.Layers[i]), await SampleImage.ReadAsync(read.Layers[i]));
        }
    }

    [TestMethod]
    public async Task The_same_archive_can_be_read_as_a_docker_archive()
    {
        using var folder = new TestFolder();
        var image = SampleImage.Create();
        folder.Write("a.tar", await SampleImage.WriteAsync(image));

        using var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar"], ImageFormat.Docker));
        var read = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);

        Assert.AreEqual(ImageFormat.Docker, read.Manifest.Format);
        Assert.AreEqual(image.Manifest.Config.Digest, read.Manifest.Config.Digest);
        CollectionAssert.AreEqual(image.Layers.Select(l => l.Descriptor.Digest).ToList(), read.Layers.Select(l => l.Descriptor.Digest).ToList());
        Assert.AreEqual(MediaTypes.DockerLayerGzip, read.Layers[0].Descriptor.MediaType);
        CollectionAssert.AreEqual(await SampleImage.ReadAsync(image.Layers[1]), await SampleImage.ReadAsync(read.Layers[1]));
    }

    [TestMethod]
    public async Task The_same_image_gives_the_same_bytes_and_no_time_or_owner()
    {
        var first = await SampleImage.WriteAsync(SampleImage.Create());
        CollectionAssert.AreEqual(first, await SampleImage.WriteAsync(SampleImage.Create()));
        foreach (var entry in TarFiles.Entries(first))
        {
            Assert.AreEqual(315532800, entry.ModificationTime.ToUnixTimeSeconds(), entry.Name);
            Assert.AreEqual((0, 0), (entry.Uid, entry.Gid), entry.Name);
        }
    }

    [TestMethod]
    public async Task The_documents_come_before_the_blobs_and_a_folder_before_what_is_in_it()
    {
        var image = SampleImage.Create();
        var names = TarFiles.Entries(await SampleImage.WriteAsync(image)).Select(e => e.Name).ToList();
        string[] expected =
        [
            "oci-layout", "index.json", "manifest.json", "blobs/", "blobs/sha256/",
            .. image.Manifest.Layers.Prepend(image.Manifest.Config).Prepend(image.Descriptor).Select(d => $"blobs/sha256/{d.Digest.Hex}"),
        ];
        Expect.Sequence(names, expected);
    }

    [TestMethod]
    public async Task Every_tag_stands_in_the_index_and_in_dockers_list()
    {
        var files = TarFiles.Read(await SampleImage.WriteAsync(SampleImage.Create())).ToDictionary(f => f.Name, f => f.Content);
        var annotations = JsonNode.Parse(files["index.json"])!["manifests"]!.AsArray().Select(m => m!["annotations"]!).ToList();
        string[] names = [.. annotations.Select(a => (string)a["org.opencontainers.image.ref.name"]!)];
        string[] canonical = [.. annotations.Select(a => (string)a["io.containerd.image.name"]!)];
        string[] docker = [.. JsonNode.Parse(files["manifest.json"])![0]!["RepoTags"]!.AsArray().Select(t => (string)t!)];
        Expect.Sequence(names, "team/app:1.0", "team/app:latest");
        Expect.Sequence(canonical, "docker.io/team/app:1.0", "docker.io/team/app:latest");
        Expect.Sequence(docker, names);
    }

    [TestMethod]
    public async Task A_layer_that_an_image_has_twice_is_written_once_and_read_twice()
    {
        using var folder = new TestFolder();
        var tar = SampleImage.Tar("a.txt", "a");
        var image = SampleImage.FromLayers(ImageFormat.Oci, SampleImage.Amd64, [tar, tar]);
        var bytes = await SampleImage.WriteAsync(image);
        Assert.HasCount(1, TarFiles.Read(bytes).Where(f => f.Name.EndsWith(image.Layers[0].Descriptor.Digest.Hex, StringComparison.Ordinal)).ToList());

        folder.Write("a.tar", bytes);
        using var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar"], ImageFormat.Oci));
        Assert.HasCount(2, (await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None)).Layers);
    }

    [TestMethod]
    [DataRow("app", "docker.io/library/app:1")]
    [DataRow("team/app", "docker.io/team/app:1")]
    [DataRow("example.com/app", "example.com/app:1")]
    [DataRow("localhost/app", "localhost/app:1")]
    [DataRow("my.app", "docker.io/library/my.app:1")]
    public void A_name_is_completed_as_engines_do(string repository, string expected) =>
        Assert.AreEqual(expected, ArchiveNames.Canonical(RepositoryName.Parse(repository), Tag.Parse("1")));

    [TestMethod]
    public async Task An_archive_that_is_replaced_while_it_is_read_goes_on_to_be_the_old_one()
    {
        using var folder = new TestFolder();
        var image = SampleImage.Create();
        folder.Write("a.tar", await SampleImage.WriteAsync(image));
        using var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar"], ImageFormat.Oci));
        var read = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);

        folder.Write("b.tar", await SampleImage.WriteAsync(SampleImage.Create(seed: "another")));
        File.Move(folder["b.tar"], folder["a.tar"], overwrite: true);

        CollectionAssert.AreEqual(await SampleImage.ReadAsync(image.Layers[1]), await SampleImage.ReadAsync(read.Layers[1]));
    }
}
