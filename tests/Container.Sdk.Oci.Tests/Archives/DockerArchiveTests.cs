using System.Text.Json.Nodes;
namespace Container.Sdk.Oci.Tests.Archives;

[TestClass]
public sealed class DockerArchiveTests
{
    private static readonly byte[] Bottom = SampleImage.Tar("bottom.txt", "the bottom");
    private static readonly byte[] Top = SampleImage.Tar("top.txt", "the top");
    private static readonly byte[] Configuration = SampleImage.Configuration(SampleImage.Amd64, [Digest.Of(Bottom), Digest.Of(Top)]);

    [TestMethod]
    public async Task An_archive_from_before_docker_25_is_read_with_its_linked_layers()
    {
        var tar = new TarBuilder().File("aaa/layer.tar", Bottom).File("aaa/VERSION", "1.0").File("aaa/json", "{}")
            .Link("bbb/layer.tar", '2', "../ccc/layer.tar").File("ccc/layer.tar", Top)
            .File("config.json", Configuration).File("manifest.json", List("config.json", "aaa/layer.tar", "bbb/layer.tar"));
        await IsReadAsync(tar);
    }

    [TestMethod]
    public async Task An_archive_as_podman_writes_it_is_read()
    {
        var (bottom, top) = (Digest.Of(Bottom).Hex, Digest.Of(Top).Hex);
        var tar = new TarBuilder().File($"{bottom}.tar", Bottom).Link($"{bottom}/layer.tar", '2', $"../{bottom}.tar").File($"{top}.tar", Top)
            .File($"{Digest.Of(Configuration).Hex}.json", Configuration)
            .File("manifest.json", List($"{Digest.Of(Configuration).Hex}.json", $"{bottom}.tar", $"{top}.tar"));
        await IsReadAsync(tar);
    }

    [TestMethod]
    public async Task Names_that_start_with_a_dot_and_hard_links_are_understood()
    {
        var tar = new TarBuilder().Header("./", '5', TarBuilder.Octal(0)).File("./a/layer.tar", Bottom).File("./c", Top).Link("./b/layer.tar", '1', "./c")
            .File("./config.json", Configuration).File("./manifest.json", List("config.json", "a/layer.tar", "b/layer.tar"));
        await IsReadAsync(tar);
    }

    [TestMethod]
    public async Task Layers_that_are_compressed_under_the_name_of_a_tar_keep_their_bytes()
    {
        var (bottom, top) = (SampleImage.Gzip(Bottom), SampleImage.Gzip(Top));
        var tar = new TarBuilder().File("a/layer.tar", bottom).File("b/layer.tar", top)
            .File("config.json", Configuration).File("manifest.json", List("config.json", "a/layer.tar", "b/layer.tar"));
        using var folder = new TestFolder();
        using var source = Source(folder, tar);
        var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        Expect.Sequence(image.Manifest.Layers.Select(l => (l.MediaType, l.Digest, l.Size)),
            (MediaTypes.DockerLayerGzip, Digest.Of(bottom), bottom.Length), (MediaTypes.DockerLayerGzip, Digest.Of(top), top.Length));
        Assert.AreEqual(Digest.Of(Top), image.Layers[1].DiffId);
        CollectionAssert.AreEqual(top, await SampleImage.ReadAsync(image.Layers[1]));
    }

    [TestMethod]
    public async Task A_compressed_layer_with_other_content_than_its_diff_id_is_refused()
    {
        var tar = new TarBuilder().File("a/layer.tar", SampleImage.Gzip(Bottom)).File("b/layer.tar", SampleImage.Gzip(Bottom))
            .File("config.json", Configuration).File("manifest.json", List("config.json", "a/layer.tar", "b/layer.tar"));
        Assert.AreEqual(Diagnostics.DigestMismatch, (await RefusedAsync(tar)).Diagnostic);
    }

    [TestMethod]
    public async Task A_compressed_layer_that_is_cut_off_is_refused()
    {
        var top = SampleImage.Gzip(Top);
        // Also without the last eight bytes, after which all of the content has come out.
        for (var length = 2; length < top.Length; length += length < top.Length - 10 ? 3 : 1)
        {
            var tar = new TarBuilder().File("a/layer.tar", Bottom).File("b/layer.tar", top[..length])
                .File("config.json", Configuration).File("manifest.json", List("config.json", "a/layer.tar", "b/layer.tar"));
            await RefusedAsync(tar);
        }
    }

    [TestMethod]
    public async Task A_compressed_layer_with_bytes_behind_its_end_is_refused()
    {
        var tar = new TarBuilder().File("a/layer.tar", Bottom).File("b/layer.tar", [.. SampleImage.Gzip(Top), 1, 2, 3])
            .File("config.json", Configuration).File("manifest.json", List("config.json", "a/layer.tar", "b/layer.tar"));
        Assert.AreEqual(Diagnostics.DamagedArchive, (await RefusedAsync(tar)).Diagnostic);
    }

    [TestMethod]
    public async Task An_uncompressed_layer_with_other_content_than_its_diff_id_is_refused_when_it_is_read()
    {
        var tar = new TarBuilder().File("a/layer.tar", Bottom).File("b/layer.tar", Bottom)
            .File("config.json", Configuration).File("manifest.json", List("config.json", "a/layer.tar", "b/layer.tar"));
        using var folder = new TestFolder();
        using var source = Source(folder, tar);
        var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => SampleImage.ReadAsync(image.Layers[1]));
        Assert.AreEqual(Diagnostics.DigestMismatch, e.Diagnostic);
    }

    [TestMethod]
    [DataRow("{0}.json")]
    [DataRow("sha256:{0}")]
    [DataRow("blobs/sha256/{0}")]
    public async Task A_configuration_that_is_not_what_its_name_says_is_refused(string name)
    {
        var config = string.Format(System.Globalization.CultureInfo.InvariantCulture, name, new string('0', 64));
        var tar = new TarBuilder().File("a", Bottom).File("b", Top).File(config, Configuration).File("manifest.json", List(config, "a", "b"));
        Assert.AreEqual(Diagnostics.DigestMismatch, (await RefusedAsync(tar)).Diagnostic);
    }

    [TestMethod]
    public async Task Other_numbers_of_layers_in_the_list_and_in_the_configuration_are_refused()
    {
        var tar = new TarBuilder().File("a", Bottom).File("config.json", Configuration).File("manifest.json", List("config.json", "a"));
        Assert.AreEqual(Diagnostics.NotAnImage, (await RefusedAsync(tar)).Diagnostic);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("[1]")]
    [DataRow("[{}]")]
    [DataRow("""[{"Config":"config.json","Config":"evil.json","Layers":["a","b"]}]""")]
    [DataRow("""[{"Config":"../config.json","Layers":["a","b"]}]""")]
    [DataRow("""[{"Config":"config.json","Layers":["a","/etc/passwd"]}]""")]
    [DataRow("""[{"Config":"config.json","Layers":["a",7]}]""")]
    public async Task A_list_that_is_not_understood_is_refused(string list)
    {
        var tar = new TarBuilder().File("a", Bottom).File("b", Top).File("config.json", Configuration).File("manifest.json", list);
        Assert.AreEqual(Diagnostics.DamagedArchive, (await RefusedAsync(tar)).Diagnostic);
    }

    [TestMethod]
    public async Task Of_several_images_the_one_for_the_platform_is_taken()
    {
        var arm = new Platform("linux", "arm64");
        var other = SampleImage.Configuration(arm, [Digest.Of(Bottom)]);
        var tar = new TarBuilder().File("a", Bottom).File("b", Top).File("amd.json", Configuration).File("arm.json", other)
            .File("manifest.json", Json.ToBytes(new JsonArray(Item("arm.json", "a"), Item("amd.json", "a", "b"))));
        using var folder = new TestFolder();
        using var source = Source(folder, tar);
        Assert.HasCount(2, (await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None)).Layers);
        Assert.HasCount(1, (await source.ResolveAsync(arm, CancellationToken.None)).Layers);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => source.ResolveAsync(new Platform("linux", "s390x"), CancellationToken.None));
        Assert.AreEqual(Diagnostics.NoMatchingPlatform, e.Diagnostic);
        Assert.Contains("linux/arm64, linux/amd64", e.Message);
    }

    [TestMethod]
    public async Task Of_several_images_for_one_platform_none_is_guessed()
    {
        var other = SampleImage.Configuration(SampleImage.Amd64, [Digest.Of(Bottom)]);
        var tar = new TarBuilder().File("a", Bottom).File("b", Top).File("one.json", Configuration).File("two.json", other)
            .File("manifest.json", Json.ToBytes(new JsonArray(Item("one.json", "a", "b"), Item("two.json", "a"))));
        Assert.AreEqual(Diagnostics.NotAnImage, (await RefusedAsync(tar)).Diagnostic);
    }

    [TestMethod]
    public async Task A_layer_larger_than_ustar_can_say_is_found()
    {
        const long Size = (9L << 30) + 5;
        byte[] gnu = [0x80, 0, 0, 0, .. BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Size))];
        foreach (var large in new[] { new TarBuilder().Pax("size", $"{Size}").Header("b", '0', TarBuilder.Octal(0)), new TarBuilder().Header("b", '0', gnu) })
        {
            using var folder = new TestFolder();
            var rest = new TarBuilder().File("a", Bottom).File("config.json", Configuration).File("manifest.json", List("config.json", "a", "b"));
            using (var file = File.Create(folder["a.tar"]))
            {
                // A hole: nine gigabytes that take no room.
                file.Write(large.ToArray().AsSpan()[..^1024]);
                file.Position += Size + 512 - (Size % 512);
                file.Write(rest.ToArray());
            }
            using var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar"], ImageFormat.Docker));
            var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
            Assert.AreEqual(Size, image.Layers[1].Descriptor.Size);
        }
    }

    [TestMethod]
    public async Task An_oci_archive_under_the_other_notation_is_refused_with_a_hint()
    {
        var tar = new TarBuilder().File("oci-layout", """{"imageLayoutVersion":"1.0.0"}""").File("index.json", "{}");
        Assert.Contains("write oci-archive:", (await RefusedAsync(tar)).Message);
    }

    private static async Task IsReadAsync(TarBuilder tar)
    {
        using var folder = new TestFolder();
        using var source = Source(folder, tar);
        var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        CollectionAssert.AreEqual(Configuration, image.ConfigurationBytes);
        Expect.Sequence(image.Manifest.Layers.Select(l => (l.MediaType, l.Digest, l.Size)),
            (MediaTypes.DockerLayer, Digest.Of(Bottom), Bottom.Length), (MediaTypes.DockerLayer, Digest.Of(Top), Top.Length));
        CollectionAssert.AreEqual(Bottom, await SampleImage.ReadAsync(image.Layers[0]));
        CollectionAssert.AreEqual(Top, await SampleImage.ReadAsync(image.Layers[1]));
        Expect.Sequence(ImageManifest.Parse(image.ManifestBytes, "the manifest").Layers.Select(l => l.Digest), Digest.Of(Bottom), Digest.Of(Top));
    }

    private static async Task<ContainerException> RefusedAsync(TarBuilder tar)
    {
        using var folder = new TestFolder();
        using var source = Source(folder, tar);
        return await Assert.ThrowsExactlyAsync<ContainerException>(() => source.ResolveAsync(SampleImage.Amd64, CancellationToken.None));
    }

    private static ArchiveImageSource Source(TestFolder folder, TarBuilder tar) =>
        new(new ArchiveReference(folder.Write("a.tar", tar.ToArray()), ImageFormat.Docker));

    private static byte[] List(string config, params string[] layers) => Json.ToBytes(new JsonArray(Item(config, layers)));

    private static JsonObject Item(string config, params string[] layers) => new() { ["Config"] = config, ["RepoTags"] = null, ["Layers"] = Json.ArrayOf(layers) };
}
