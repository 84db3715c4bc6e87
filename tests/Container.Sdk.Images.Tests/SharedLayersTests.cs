namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class SharedLayersTests
{
    private static readonly RegistryHost Host = RegistryHost.Parse("registry.example.com");

    [TestMethod]
    [DataRow(null)]
    [DataRow(ImageFormat.Docker)]
    public async Task An_empty_machine_packs_nothing_that_is_kept(ImageFormat? format)
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var first = await before.AssembleAsync(before.Plan("a", "b") with { Format = format });
        var second = await now.AssembleAsync(now.Plan("a", "b") with { Format = format }, store: new TestIndex().Keep(first));
        Assert.AreEqual("Shared|Shared", Outcomes(second));
        Assert.IsEmpty(now.Blobs);
        CollectionAssert.AreEqual(first.Image.ManifestBytes, second.Image.ManifestBytes);
    }

    [TestMethod]
    public async Task A_kept_layer_is_mounted_from_where_it_is_kept()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var index = new TestIndex().Keep(await before.AssembleAsync(before.Plan("a")));
        var assembled = await now.AssembleAsync(now.Plan("a"), store: index);
        Assert.AreEqual("team/layers", assembled.Image.Layers[0].Content.PlaceIn(Host)?.Value);
    }

    [TestMethod]
    public async Task Only_what_is_nowhere_else_is_asked_for()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var present = await before.AssembleAsync(before.Plan("a"));
        await now.AssembleAsync(now.Plan("other", "b"));
        var index = new TestIndex();
        var assembled = await now.AssembleAsync(now.Plan("a", "b", "c"), present: present.Image, store: index);
        Assert.AreEqual("TakenOver|Cached|Packed", Outcomes(assembled));
        Assert.AreEqual(assembled.Layers[2].Key, index.Asked.Single());
    }

    [TestMethod]
    public async Task A_librarys_own_layer_is_not_asked_for()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        var diffId = LayerPacker.DiffId(LayerEntries.Read(plan.Layers, default)[0], default);
        var library = new LibraryLayer(ImageReference.Parse("registry.example.com/libs/acme:1.0.0", "/work"), new Descriptor(MediaTypes.OciLayerGzip, diffId, 1), diffId, "");
        var index = new TestIndex();
        await project.AssembleAsync(plan with { Content = new PlannedFiles([plan.Layers[0] with { Library = library }]) }, store: index);
        Assert.IsEmpty(index.Asked);
    }

    [TestMethod]
    public async Task Another_layer_under_the_right_key_is_not_used()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        var key = KeyOf(plan);
        var poison = ThinImage.Of(PackedImage.Layer(ImageFormat.Oci, "app/file0", "poison"), key, "layer 0", "a test");
        var assembled = await project.AssembleAsync(plan, store: new TestIndex().Put(key, poison));
        Assert.AreEqual("Packed", Outcomes(assembled));
        Assert.AreEqual("", string.Join('\n', await ImageValidator.ValidateAsync(assembled.Image, default)));
    }

    // A tag has only a part of the key.
    [TestMethod]
    public async Task The_right_layer_under_another_key_is_not_used()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var layer = (await before.AssembleAsync(before.Plan("a"))).Image.Layers[0];
        var plan = now.Plan("a");
        var index = new TestIndex().Put(KeyOf(plan), ThinImage.Of(layer, Digest.Of("another key"u8), "layer 0", "a test"));
        Assert.AreEqual("Packed", Outcomes(await now.AssembleAsync(plan, store: index)));
    }

    [TestMethod]
    public async Task A_kept_layer_that_the_format_cannot_hold_is_not_used()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var layer = (await before.AssembleAsync(before.Plan("a"))).Image.Layers[0];
        var zstd = layer with { Descriptor = layer.Descriptor with { MediaType = MediaTypes.OciLayerZstd } };
        var plan = now.Plan("a") with { Format = ImageFormat.Docker };
        var index = new TestIndex().Put(KeyOf(plan), ThinImage.Of(zstd, KeyOf(plan), "layer 0", "a test"));
        Assert.AreEqual("Packed", Outcomes(await now.AssembleAsync(plan, store: index)));
    }

    [TestMethod]
    public async Task A_kept_layer_does_not_enter_the_cache()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var index = new TestIndex().Keep(await before.AssembleAsync(before.Plan("a")));
        await now.AssembleAsync(now.Plan("a"), store: index);
        Assert.AreEqual("Packed", Outcomes(await now.AssembleAsync(now.Plan("a"))));
    }

    [TestMethod]
    public void A_tag_names_half_of_the_key() =>
        Assert.AreEqual("layer-00000000000000000000000000000000", SharedLayers.TagOf(Digest.Parse("sha256:" + new string('0', 64))).Value);

    private static Digest KeyOf(ImagePlan plan) => LayerPacker.Key(LayerEntries.Read(plan.Layers, default)[0]);

    private static string Outcomes(AssembledImage image) => string.Join('|', image.Layers.Select(l => l.Outcome));
}
