using System.Text;

namespace Container.Sdk.Oci.Tests;

/// <summary>The validator judges the images of all other tests, so each of its findings is provoked here.</summary>
[TestClass]
public sealed class ImageValidatorTests
{
    private static readonly Image Good = PackedImage.Create("one", "two");

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task Nothing_is_found_in_a_good_image(ImageFormat format) =>
        Assert.IsEmpty(await ImageValidator.ValidateAsync(PackedImage.Create(format, PackedImage.Amd64, "one", "two"), default));

    [TestMethod]
    public Task Another_configuration_is_found() => FindsAsync(Good with { ConfigurationBytes = [.. Good.ConfigurationBytes, (byte)' '] });

    [TestMethod]
    public Task A_layer_of_other_content_is_found() => FindsAsync(With(0, Good.Layers[0] with { Content = Good.Layers[1].Content }));

    [TestMethod]
    public Task Another_diff_id_is_found() => FindsAsync(With(0, Good.Layers[0] with { DiffId = Good.Layers[1].DiffId }));

    [TestMethod]
    public Task A_layer_of_docker_in_an_oci_image_is_found()
    {
        var layer = PackedImage.Layer(ImageFormat.Docker, "app/x", "x");
        return FindsAsync(PackedImage.Assemble(ImageFormat.Oci, PackedImage.Amd64, [layer]));
    }

    [TestMethod]
    public Task A_configuration_of_docker_in_an_oci_image_is_found()
    {
        var manifest = Good.Manifest with { Config = Good.Manifest.Config with { MediaType = MediaTypes.DockerConfig } };
        return FindsAsync(Good with { Manifest = manifest, ManifestBytes = manifest.ToBytes() });
    }

    [TestMethod]
    public Task A_manifest_that_does_not_say_its_type_is_found() =>
        FindsAsync(Good with { ManifestBytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Good.ManifestBytes).Replace($"\"mediaType\":\"{MediaTypes.OciManifest}\",", "", StringComparison.Ordinal)) });

    [TestMethod]
    public Task A_history_without_an_entry_for_every_layer_is_found()
    {
        var json = Json.ParseObject(Good.ConfigurationBytes);
        json.Remove("history");
        var bytes = Json.ToBytes(json);
        var manifest = Good.Manifest with { Config = new Descriptor(MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length) };
        return FindsAsync(new Image(manifest, manifest.ToBytes(), ImageConfiguration.Parse(bytes, "x"), bytes, Good.Layers));
    }

    [TestMethod]
    public Task What_is_no_gzip_is_found() => FindsAsync(Layer("not compressed"u8.ToArray(), "not compressed"u8.ToArray()));

    [TestMethod]
    public async Task A_gzip_that_is_cut_off_or_goes_on_is_found()
    {
        var tar = SampleImage.Tar("app/x", "x");
        await FindsAsync(Layer(tar, SampleImage.Gzip(tar)[..^1]));
        await FindsAsync(Layer(tar, [.. SampleImage.Gzip(tar), 0]));
    }

    [TestMethod]
    public Task What_is_no_tar_is_found() => FindsAsync(Layer("no tar"u8.ToArray(), SampleImage.Gzip("no tar"u8.ToArray())));

    [TestMethod]
    [DataRow("../evil")]
    [DataRow("/absolute")]
    [DataRow("app/../../evil")]
    public Task An_entry_that_leads_out_of_the_image_is_found(string name)
    {
        var tar = SampleImage.Tar(name, "x");
        return FindsAsync(Layer(tar, SampleImage.Gzip(tar)));
    }

    private static Image Layer(byte[] plain, byte[] bytes)
    {
        var descriptor = new Descriptor(MediaTypes.OciLayerGzip, Digest.Of(bytes), bytes.Length);
        return PackedImage.Assemble(ImageFormat.Oci, PackedImage.Amd64, [new ImageLayer(descriptor, Digest.Of(plain), new MemoryBlob(bytes, descriptor))]);
    }

    private static Image With(int at, ImageLayer layer) => Good with { Layers = Good.Layers.SetItem(at, layer) };

    private static async Task FindsAsync(Image image) => Assert.IsNotEmpty(await ImageValidator.ValidateAsync(image, default));
}
