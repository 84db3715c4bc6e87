using System.Text;
namespace Container.Sdk.Oci.Tests.Archives;

[TestClass]
public sealed class OciArchiveTests
{
    private static readonly Platform Arm64 = new("linux", "arm64");
    private static readonly Image Amd = SampleImage.Create(seed: "amd");
    private static readonly Image Arm = SampleImage.Create(seed: "arm", platform: Arm64);

    [TestMethod]
    public async Task The_platform_is_found_through_nested_indexes()
    {
        var inner = Index([Amd.Descriptor with { Platform = SampleImage.Amd64 }, Arm.Descriptor with { Platform = Arm64 }, Attestation()]);
        var outer = Index([Descriptor(inner)]);
        await FindsAsync(Archive([Descriptor(outer)], inner, outer));
    }

    [TestMethod]
    public async Task Platforms_side_by_side_in_the_index_are_found() =>
        await FindsAsync(Archive([Amd.Descriptor with { Platform = SampleImage.Amd64 }, Arm.Descriptor with { Platform = Arm64 }]));

    [TestMethod]
    public async Task Where_the_index_says_no_platforms_the_configurations_do() => await FindsAsync(Archive([Amd.Descriptor, Arm.Descriptor]));

    [TestMethod]
    public async Task An_image_with_several_tags_is_one_image() =>
        Assert.AreEqual(Amd.Descriptor.Digest, (await ResolveAsync(Archive([Named(Amd, "a:1"), Named(Amd, "a:2")]), SampleImage.Amd64)).Descriptor.Digest);

    [TestMethod]
    public async Task Of_several_images_for_one_platform_none_is_guessed()
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(Archive([Named(Amd, "first:1"), Named(SampleImage.Create(seed: "other"), "second:1")], SampleImage.Create(seed: "other")), SampleImage.Amd64));
        Assert.AreEqual(Diagnostics.NotAnImage, e.Diagnostic);
        Assert.Contains("first:1, second:1", e.Message);
    }

    [TestMethod]
    public async Task A_platform_that_is_not_there_is_refused_with_those_that_are()
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(Archive([Amd.Descriptor]), Arm64));
        Assert.AreEqual(Diagnostics.NoMatchingPlatform, e.Diagnostic);
        Assert.Contains("linux/amd64", e.Message);
    }

    [TestMethod]
    public async Task Indexes_that_lie_too_deep_are_refused()
    {
        var blobs = new List<byte[]> { Index([Amd.Descriptor]) };
        for (var i = 0; i < 4; i++) blobs.Add(Index([Descriptor(blobs[^1])]));
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(Archive([Descriptor(blobs[^1])], [.. blobs]), SampleImage.Amd64));
        Assert.AreEqual(Diagnostics.DamagedArchive, e.Diagnostic);
    }

    [TestMethod]
    public async Task A_manifest_under_another_type_than_its_own_is_refused()
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(Archive([Amd.Descriptor with { MediaType = MediaTypes.DockerManifest }]), SampleImage.Amd64));
        Assert.AreEqual(Diagnostics.NotAnImage, e.Diagnostic);
    }

    [TestMethod]
    public async Task A_blob_of_another_size_than_promised_is_refused()
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(Archive([Amd.Descriptor with { Size = Amd.Descriptor.Size + 1 }]), SampleImage.Amd64));
        Assert.AreEqual(Diagnostics.DamagedArchive, e.Diagnostic);
    }

    [TestMethod]
    [DataRow("""{"imageLayoutVersion":"2.0.0"}""")]
    [DataRow("{}")]
    [DataRow("[]")]
    [DataRow("x")]
    public async Task An_unknown_layout_is_refused(string layout)
    {
        var tar = new TarBuilder().File("oci-layout", layout).File("index.json", Index([Amd.Descriptor]));
        Assert.AreEqual(Diagnostics.DamagedArchive, (await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(tar, SampleImage.Amd64))).Diagnostic);
    }

    [TestMethod]
    public async Task A_docker_archive_under_the_other_notation_is_refused_with_a_hint()
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(new TarBuilder().File("manifest.json", "[]"), SampleImage.Amd64));
        Assert.Contains("write docker-archive:", e.Message);
    }

    [TestMethod]
    public async Task A_document_that_is_too_large_is_refused()
    {
        var tar = new TarBuilder().File("oci-layout", """{"imageLayoutVersion":"1.0.0"}""").File("index.json", new byte[(4 << 20) + 1]);
        Assert.AreEqual(Diagnostics.TooLarge, (await Assert.ThrowsExactlyAsync<ContainerException>(() => ResolveAsync(tar, SampleImage.Amd64))).Diagnostic);
    }

    private static async Task FindsAsync(TarBuilder tar)
    {
        Assert.AreEqual(Amd.Descriptor.Digest, (await ResolveAsync(tar, SampleImage.Amd64)).Descriptor.Digest);
        Assert.AreEqual(Arm.Descriptor.Digest, (await ResolveAsync(tar, Arm64)).Descriptor.Digest);
    }

    private static async Task<Image> ResolveAsync(TarBuilder tar, Platform platform)
    {
        using var folder = new TestFolder();
        using var source = new ArchiveImageSource(new ArchiveReference(folder.Write("a.tar", tar.ToArray()), ImageFormat.Oci));
        return await source.ResolveAsync(platform, CancellationToken.None);
    }

    private static TarBuilder Archive(Descriptor[] index, params byte[][] blobs)
    {
        var tar = new TarBuilder().File("oci-layout", """{"imageLayoutVersion":"1.0.0"}""").File("index.json", Index(index));
        foreach (var blob in blobs) tar.File($"blobs/sha256/{Digest.Of(blob).Hex}", blob);
        return Add(Add(tar, Amd), Arm);
    }

    private static TarBuilder Archive(Descriptor[] index, Image more) => Add(Archive(index), more);

    // Layers are not read by these tests, so that their content does not matter.
    private static TarBuilder Add(TarBuilder tar, Image image)
    {
        tar.File($"blobs/sha256/{image.Descriptor.Digest.Hex}", image.ManifestBytes).File($"blobs/sha256/{image.Manifest.Config.Digest.Hex}", image.ConfigurationBytes);
        foreach (var layer in image.Manifest.Layers) tar.File($"blobs/sha256/{layer.Digest.Hex}", new byte[layer.Size]);
        return tar;
    }

    private static byte[] Index(Descriptor[] manifests) => new ImageIndex(MediaTypes.OciIndex, [.. manifests]).ToBytes();

    private static Descriptor Descriptor(byte[] index) => new(MediaTypes.OciIndex, Digest.Of(index), index.Length);

    private static Descriptor Named(Image image, string name) =>
        image.Descriptor with { Annotations = image.Descriptor.Annotations.Add("org.opencontainers.image.ref.name", name) };

    // As BuildKit adds one to each image; it is not in the archive, and not needed.
    private static Descriptor Attestation() =>
        new(MediaTypes.OciManifest, Digest.Of(Encoding.UTF8.GetBytes("an attestation")), 14) { Platform = new Platform("unknown", "unknown") };
}
