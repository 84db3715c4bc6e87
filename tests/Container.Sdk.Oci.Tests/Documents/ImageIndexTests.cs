using System.Text;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageIndexTests
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Manifest = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Sha}}","size":1}""";

    [TestMethod]
    public void An_index_has_always_the_same_bytes()
    {
        var index = new ImageIndex(MediaTypes.OciIndex, [new Descriptor(MediaTypes.OciManifest, Digest.Parse(Sha), 1) { Platform = new Platform("linux", "amd64") }]);
        Assert.AreEqual(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{Sha}}}","size":1,"platform":{"architecture":"amd64","os":"linux"}}]}""",
            Encoding.UTF8.GetString(index.ToBytes()));
    }

    [TestMethod]
    public void An_index_without_a_media_type_is_that_of_oci() => Assert.AreEqual(MediaTypes.OciIndex, Parse("{\"manifests\":[]}").MediaType);

    [TestMethod]
    public void A_manifest_list_of_docker_is_an_index() =>
        Assert.AreEqual(MediaTypes.DockerIndex, Parse($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.DockerIndex}}","manifests":[{{Manifest}}]}""").MediaType);

    // CVE-2021-41190: a document that one reader takes for a manifest, and another for an index.
    [TestMethod]
    [DataRow("\"manifests\":[],\"layers\":[]")]
    [DataRow("\"manifests\":[],\"config\":{}")]
    [DataRow("\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"manifests\":[]")]
    [DataRow("\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\",\"manifests\":[]")]
    [DataRow("\"manifests\":[],\"manifests\":[]")]
    public void A_document_of_two_meanings_is_refused(string fields) => Refused("{" + fields + "}");

    [TestMethod]
    [DataRow("")]
    [DataRow("\"manifests\":null")]
    [DataRow("\"manifests\":{}")]
    [DataRow("\"manifests\":[null]")]
    [DataRow("\"manifests\":[1]")]
    [DataRow("\"manifests\":[{}]")]
    [DataRow("\"mediaType\":{},\"manifests\":[]")]
    public void What_is_no_index_is_refused(string fields) => Refused("{" + fields + "}");

    [TestMethod]
    public void The_manifest_of_exactly_the_platform_is_taken_before_one_that_runs_there_too()
    {
        var index = Of(("linux/arm", "a"), ("linux/arm/v7", "b"));
        Assert.AreEqual(Digest.Of("b"u8), index.Select(new Platform("linux", "arm", "v7"), "x").Digest);
    }

    [TestMethod]
    public void The_first_of_several_manifests_is_taken() =>
        Assert.AreEqual(Digest.Of("a"u8), Of(("linux/amd64", "a"), ("linux/amd64", "b")).Select(new Platform("linux", "amd64"), "x").Digest);

    [TestMethod]
    public void A_manifest_that_runs_there_is_taken_where_none_is_exact() =>
        Assert.AreEqual(Digest.Of("a"u8), Of(("linux/amd64", "b"), ("linux/arm64/v8", "a")).Select(new Platform("linux", "arm64"), "x").Digest);

    [TestMethod]
    public void A_platform_that_is_not_there_is_named_with_those_that_are()
    {
        var error = Expect.Failure(Diagnostics.NoMatchingPlatform, () => Of(("linux/amd64", "a"), ("unknown/unknown", "b")).Select(new Platform("linux", "s390x"), "app:1"));
        Assert.AreEqual(Diagnostics.NoMatchingPlatform.Format("app:1", "linux/s390x", "linux/amd64"), error.Message);
    }

    [TestMethod]
    public void What_is_no_manifest_is_not_taken()
    {
        var index = new ImageIndex(MediaTypes.OciIndex, [new Descriptor("application/x", Digest.Of([]), 1) { Platform = new Platform("linux", "amd64") }]);
        Expect.Failure(Diagnostics.NoMatchingPlatform, () => index.Select(new Platform("linux", "amd64"), "x"));
    }

    private static ImageIndex Of(params (string Platform, string Content)[] manifests) => new(MediaTypes.OciIndex,
    [
        .. manifests.Select(m => new Descriptor(MediaTypes.OciManifest, Digest.Of(Encoding.UTF8.GetBytes(m.Content)), 1)
        {
            Platform = m.Platform.Split('/') is var p && p.Length > 2 ? new Platform(p[0], p[1], p[2]) : new Platform(p[0], p[1]),
        }),
    ]);

    private static void Refused(string text) => Expect.Failure(Diagnostics.NotAnImage, () => Parse(text));

    private static ImageIndex Parse(string text) => ImageIndex.Parse(Encoding.UTF8.GetBytes(text), "the index");
}
