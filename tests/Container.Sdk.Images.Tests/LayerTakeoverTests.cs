using System.Text.Json.Nodes;

namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class LayerTakeoverTests
{
    private static readonly Digest One = Digest.Of("1"u8), Two = Digest.Of("2"u8), Three = Digest.Of("3"u8);

    [TestMethod]
    public void Where_there_is_no_image_there_is_nothing_to_take_over() => Assert.IsEmpty(LayerTakeover.ByKey(null));

    [TestMethod]
    public void Layers_without_keys_are_not_taken_over() => Assert.IsEmpty(LayerTakeover.ByKey(PackedImage.Create("one")));

    [TestMethod]
    public void In_the_format_of_oci_a_layer_says_its_key()
    {
        var image = PackedImage.Create("base", "one", "two");
        image = image with
        {
            Layers = [image.Layers[0], .. image.Layers.Skip(1).Zip([One, Two], (l, key) => l with { Descriptor = l.Descriptor with { Annotations = Descriptor.NoAnnotations.Add(LayerKeys.Annotation, key.ToString()) } })],
        };
        var layers = LayerTakeover.ByKey(image);
        Assert.HasCount(2, layers);
        Assert.AreEqual(image.Layers[1], layers[One.ToString()]);
        Assert.AreEqual(image.Layers[2], layers[Two.ToString()]);
    }

    [TestMethod]
    public void In_dockers_format_a_label_says_the_keys_of_the_topmost_layers()
    {
        var image = Docker($"{One},{Two}", "base", "one", "two");
        var layers = LayerTakeover.ByKey(image);
        Assert.HasCount(2, layers);
        Assert.AreEqual(image.Layers[1], layers[One.ToString()]);
        Assert.AreEqual(image.Layers[2], layers[Two.ToString()]);
    }

    [TestMethod]
    public void More_keys_than_layers_say_nothing() => Assert.IsEmpty(LayerTakeover.ByKey(Docker($"{One},{Two},{Three}", "one", "two")));

    [TestMethod]
    public void The_label_counts_in_dockers_format_only() => Assert.IsEmpty(LayerTakeover.ByKey(Labelled(PackedImage.Create("one"), One.ToString())));

    private static Image Docker(string label, params string[] contents) => Labelled(PackedImage.Create(ImageFormat.Docker, PackedImage.Amd64, contents), label);

    private static Image Labelled(Image image, string label)
    {
        var json = Json.ParseObject(image.ConfigurationBytes);
        json["config"]!["Labels"] = new JsonObject { [LayerKeys.Label] = label };
        return image with { Configuration = ImageConfiguration.Parse(Json.ToBytes(json), "x") };
    }
}
