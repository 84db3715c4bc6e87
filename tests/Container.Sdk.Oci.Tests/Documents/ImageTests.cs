namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageTests
{
    private static readonly Image Sample = SampleImage.Create();

    [TestMethod]
    public void The_descriptor_of_an_image_is_that_of_its_manifests_bytes() => Assert.AreEqual(
        (MediaTypes.OciManifest, Digest.Of(Sample.ManifestBytes), (long)Sample.ManifestBytes.Length),
        (Sample.Descriptor.MediaType, Sample.Descriptor.Digest, Sample.Descriptor.Size));

    [TestMethod]
    public void Every_layer_has_its_diff_id_and_its_content()
    {
        var image = Read(Sample.Manifest, null);
        CollectionAssert.AreEqual(Sample.Layers.Select(l => l.DiffId).ToArray(), image.Layers.Select(l => l.DiffId).ToArray());
        CollectionAssert.AreEqual(Sample.Layers.Select(l => l.Content).ToArray(), image.Layers.Select(l => l.Content).ToArray());
    }

    [TestMethod]
    public void A_manifest_with_another_number_of_layers_than_its_configuration_is_no_image() =>
        Expect.Failure(Diagnostics.NotAnImage, () => Read(Sample.Manifest with { Layers = [Sample.Manifest.Layers[0]] }, null));

    [TestMethod]
    public void An_image_for_another_platform_is_refused() =>
        Expect.Failure(Diagnostics.NoMatchingPlatform, () => Read(Sample.Manifest, new Platform("linux", "arm64")));

    [TestMethod]
    public void An_image_for_the_platform_is_taken() => Assert.AreEqual(SampleImage.Amd64, Read(Sample.Manifest, SampleImage.Amd64).Configuration.Platform);

    private static Image Read(ImageManifest manifest, Platform? platform) => Image.Read(
        manifest, manifest.ToBytes(), Sample.ConfigurationBytes, platform, "the image", d => Sample.Layers.First(l => l.Descriptor == d).Content);
}
