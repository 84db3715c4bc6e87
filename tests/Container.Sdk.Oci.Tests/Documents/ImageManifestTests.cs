using System.Text;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageManifestTests
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string OciConfig = $$"""{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Sha}}","size":2}""";
    private const string DockerConfig = $$"""{"mediaType":"{{MediaTypes.DockerConfig}}","digest":"{{Sha}}","size":2}""";
    private const string OciLayer = $$"""{"mediaType":"{{MediaTypes.OciLayerGzip}}","digest":"{{Sha}}","size":3}""";

    [TestMethod]
    public void A_manifest_has_always_the_same_bytes()
    {
        var manifest = new ImageManifest(
            ImageFormat.Oci,
            new Descriptor(MediaTypes.OciConfig, Digest.Parse(Sha), 2),
            [new Descriptor(MediaTypes.OciLayerGzip, Digest.Parse(Sha), 3) { Annotations = Descriptor.NoAnnotations.Add("k", "v") }]);
        var text = Encoding.UTF8.GetString(manifest.ToBytes());
        Assert.AreEqual(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{{{OciConfig}}},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{{Sha}}}","size":3,"annotations":{"k":"v"}}]}""",
            text);
    }

    [TestMethod]
    [DataRow(MediaTypes.OciManifest, OciConfig, ImageFormat.Oci)]
    [DataRow(MediaTypes.DockerManifest, DockerConfig, ImageFormat.Docker)]
    [DataRow(null, OciConfig, ImageFormat.Oci)]
    [DataRow(null, DockerConfig, ImageFormat.Docker)]
    [DataRow(MediaTypes.OciManifest, DockerConfig, ImageFormat.Oci)]
    [DataRow(MediaTypes.DockerManifest, OciConfig, ImageFormat.Docker)]
    public void The_media_types_say_the_format(string? mediaType, string config, ImageFormat format)
    {
        var own = mediaType is null ? "" : $"\"mediaType\":\"{mediaType}\",";
        Assert.AreEqual(format, Parse($$"""{"schemaVersion":2,{{own}}"config":{{config}},"layers":[]}""").Format);
    }

    [TestMethod]
    public void Layers_keep_their_order_and_media_types()
    {
        var other = Digest.Of("x"u8);
        var manifest = Parse($$"""{"config":{{OciConfig}},"layers":[{{OciLayer}},{"mediaType":"{{MediaTypes.DockerLayerGzip}}","digest":"{{other}}","size":1}]}""");
        Assert.AreEqual($"{Sha} {other}", string.Join(' ', manifest.Layers.Select(l => l.Digest)));
        Assert.AreEqual(MediaTypes.DockerLayerGzip, manifest.Layers[1].MediaType);
    }

    // CVE-2021-41190: a document that one reader takes for a manifest, and another for an index.
    [TestMethod]
    [DataRow("\"config\":{0},\"layers\":[],\"manifests\":[]")]
    [DataRow("\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"config\":{0},\"layers\":[]")]
    [DataRow("\"mediaType\":\"application/vnd.docker.distribution.manifest.list.v2+json\",\"config\":{0},\"layers\":[]")]
    [DataRow("\"config\":{0},\"layers\":[],\"layers\":[]")]
    public void A_document_of_two_meanings_is_refused(string fields) => Refused("{" + string.Format(null, fields, OciConfig) + "}");

    [TestMethod]
    [DataRow("\"layers\":[]")]
    [DataRow("\"config\":{0}")]
    [DataRow("\"config\":null,\"layers\":[]")]
    [DataRow("\"config\":[],\"layers\":[]")]
    [DataRow("\"config\":{0},\"layers\":{{}}")]
    [DataRow("\"config\":{0},\"layers\":[null]")]
    [DataRow("\"config\":{0},\"layers\":[\"x\"]")]
    [DataRow("\"mediaType\":5,\"config\":{0},\"layers\":[]")]
    [DataRow("\"mediaType\":\"\\ud800\",\"config\":{0},\"layers\":[]")]
    [DataRow("\"config\":{0},\"layers\":[],\"\\ud800\":1")]
    [DataRow("\"schemaVersion\":1,\"name\":\"a\",\"tag\":\"b\",\"fsLayers\":[]")]
    public void What_is_no_manifest_is_refused(string fields) => Refused("{" + string.Format(null, fields, OciConfig) + "}");

    [TestMethod]
    public void An_artifact_that_is_no_image_is_refused() =>
        Refused($$"""{"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"{{Sha}}","size":2},"layers":[]}""");

    [TestMethod]
    public void A_layer_that_is_no_layer_is_refused() =>
        Refused($$"""{"config":{{OciConfig}},"layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"{{Sha}}","size":2}]}""");

    [TestMethod]
    public void Deep_nesting_is_refused() =>
        Refused($$"""{"config":{{OciConfig}},"layers":[],"x":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""");

    // CVE-2020-15157: an address in a layer would send the credentials there.
    [TestMethod]
    [DataRow($$"""{"mediaType":"{{MediaTypes.OciLayerGzip}}","digest":"{{Sha}}","size":3,"urls":["https://evil.example.com/"]}""")]
    [DataRow($$"""{"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip","digest":"{{Sha}}","size":3}""")]
    [DataRow($$"""{"mediaType":"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip","digest":"{{Sha}}","size":3}""")]
    public void A_layer_that_lies_elsewhere_is_refused(string layer) =>
        Expect.Failure(Diagnostics.ForeignLayer, () => Parse($$"""{"config":{{OciConfig}},"layers":[{{layer}}]}"""));

    [TestMethod]
    public void Control_characters_of_a_registry_do_not_reach_the_message()
    {
        var error = Expect.Failure(Diagnostics.NotAnImage, () => Parse($$"""{"mediaType":"\u001b[2J","config":{{OciConfig}},"layers":[]}"""));
        Assert.IsFalse(error.Message.Contains('\u001b'), error.Message);
    }

    private static void Refused(string text) => Expect.Failure(Diagnostics.NotAnImage, () => Parse(text));

    private static ImageManifest Parse(string text) => ImageManifest.Parse(Encoding.UTF8.GetBytes(text), "the manifest");
}
