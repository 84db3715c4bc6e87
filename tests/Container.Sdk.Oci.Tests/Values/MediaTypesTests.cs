namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class MediaTypesTests
{
    [TestMethod]
    [DataRow(MediaTypes.DockerLayerGzip, ImageFormat.Oci, MediaTypes.OciLayerGzip)]
    [DataRow(MediaTypes.OciLayerGzip, ImageFormat.Docker, MediaTypes.DockerLayerGzip)]
    [DataRow(MediaTypes.DockerLayer, ImageFormat.Oci, MediaTypes.OciLayer)]
    [DataRow(MediaTypes.OciLayer, ImageFormat.Docker, MediaTypes.DockerLayer)]
    [DataRow(MediaTypes.OciLayerZstd, ImageFormat.Oci, MediaTypes.OciLayerZstd)]
    [DataRow(MediaTypes.OciLayerGzip, ImageFormat.Oci, MediaTypes.OciLayerGzip)]
    [DataRow(MediaTypes.DockerLayerGzip, ImageFormat.Docker, MediaTypes.DockerLayerGzip)]
    public void A_layer_has_a_media_type_in_each_format(string mediaType, ImageFormat format, string converted) =>
        Assert.AreEqual(converted, MediaTypes.Layer(mediaType, format));

    [TestMethod]
    [DataRow(MediaTypes.OciLayerZstd, ImageFormat.Docker)]
    [DataRow("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", ImageFormat.Oci)]
    [DataRow("text/plain", ImageFormat.Oci)]
    [DataRow(MediaTypes.OciManifest, ImageFormat.Oci)]
    public void What_a_format_has_not_has_no_media_type(string mediaType, ImageFormat format) => Assert.IsNull(MediaTypes.Layer(mediaType, format));

    [TestMethod]
    public void A_document_of_an_image_has_a_media_type_in_each_format()
    {
        Assert.AreEqual("application/vnd.oci.image.manifest.v1+json", MediaTypes.Manifest(ImageFormat.Oci));
        Assert.AreEqual("application/vnd.oci.image.config.v1+json", MediaTypes.Config(ImageFormat.Oci));
        Assert.AreEqual("application/vnd.docker.distribution.manifest.v2+json", MediaTypes.Manifest(ImageFormat.Docker));
        Assert.AreEqual("application/vnd.docker.container.image.v1+json", MediaTypes.Config(ImageFormat.Docker));
    }

    [TestMethod]
    [DataRow(MediaTypes.OciManifest, true, false)]
    [DataRow(MediaTypes.DockerManifest, true, false)]
    [DataRow(MediaTypes.OciIndex, false, true)]
    [DataRow(MediaTypes.DockerIndex, false, true)]
    [DataRow(MediaTypes.OciConfig, false, false)]
    public void A_manifest_is_no_index(string mediaType, bool manifest, bool index) =>
        Assert.AreEqual((manifest, index), (MediaTypes.IsManifest(mediaType), MediaTypes.IsIndex(mediaType)));
}
