namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class ThinImageTests
{
    private static readonly Digest Key = Digest.Of("a key"u8);

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task A_thin_image_is_valid_whatever_format_its_layer_had(ImageFormat format)
    {
        var thin = Thin(PackedImage.Layer(format, "app/x", "a"));
        Assert.AreEqual(ImageFormat.Oci, thin.Manifest.Format);
        Assert.AreEqual("", string.Join('\n', await ImageValidator.ValidateAsync(thin, default)));
    }

    [TestMethod]
    public void The_same_layer_gives_the_same_thin_image_in_every_format()
    {
        var (oci, docker) = (Thin(PackedImage.Layer(ImageFormat.Oci, "app/x", "a")), Thin(PackedImage.Layer(ImageFormat.Docker, "app/x", "a")));
        CollectionAssert.AreEqual(oci.ManifestBytes, docker.ManifestBytes);
        CollectionAssert.AreEqual(oci.ConfigurationBytes, docker.ConfigurationBytes);
    }

    [TestMethod]
    public void A_thin_image_has_the_very_layer_and_nothing_else()
    {
        var layer = PackedImage.Layer(ImageFormat.Oci, "app/x", "a");
        var thin = Thin(layer);
        Assert.AreEqual(layer.Descriptor.Digest, thin.Layers.Single().Descriptor.Digest);
        Assert.AreEqual(layer.DiffId, thin.Configuration.DiffIds.Single());
        Assert.IsEmpty(thin.Configuration.Entrypoint);
    }

    [TestMethod]
    public void A_thin_image_says_the_key_to_programs_and_to_people()
    {
        var thin = Thin(PackedImage.Layer(ImageFormat.Oci, "app/x", "a"));
        Assert.AreEqual(Key.ToString(), thin.Layers[0].Descriptor.Annotations[LayerKeys.Annotation]);
        Assert.AreEqual(Key.ToString(), thin.Configuration.Labels[LayerKeys.Label]);
        Assert.AreEqual("package Acme 1.0.0", thin.Configuration.Labels["org.opencontainers.image.title"]);
    }

    private static Image Thin(ImageLayer layer) => ThinImage.Of(layer, Key, "package Acme 1.0.0", "Container.Sdk: package Acme 1.0.0, 1 file");
}
