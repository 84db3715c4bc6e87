using System.Collections.Immutable;

namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class ImageAssemblerTests
{
    [TestMethod]
    public async Task The_same_inputs_give_the_same_image_from_any_folder()
    {
        using var one = new TestProject();
        using var two = new TestProject();
        var (first, second) = (await one.AssembleAsync(one.Plan("a", "b")), await two.AssembleAsync(two.Plan("a", "b")));
        CollectionAssert.AreEqual(first.Image.ManifestBytes, second.Image.ManifestBytes);
        CollectionAssert.AreEqual(first.Image.ConfigurationBytes, second.Image.ConfigurationBytes);
    }

    [TestMethod]
    public async Task Other_content_changes_its_own_layer_only()
    {
        using var project = new TestProject();
        var first = await project.AssembleAsync(project.Plan("a", "b"));
        var second = await project.AssembleAsync(project.Plan("a", "c"));
        Assert.AreEqual(first.Image.Layers[0].Descriptor.Digest, second.Image.Layers[0].Descriptor.Digest);
        Assert.AreNotEqual(first.Image.Layers[1].Descriptor.Digest, second.Image.Layers[1].Descriptor.Digest);
    }

    [TestMethod]
    public async Task An_image_on_nothing_is_valid()
    {
        using var project = new TestProject();
        var assembled = await project.AssembleAsync(project.Plan("a", "b"));
        await ValidAsync(assembled, ImageFormat.Oci);
        Assert.AreEqual("linux/amd64", assembled.Image.Configuration.Platform.ToString());
        Assert.AreEqual("/app/x", assembled.Image.Configuration.Entrypoint.Single());
        Assert.AreEqual("Container.Sdk: layer 0, 1 file|Container.Sdk: layer 1, 1 file", string.Join('|', assembled.Image.Configuration.LayerHistory));
    }

    // One format in one manifest, whatever the base, the project and the destination ask for.
    [TestMethod]
    [DataRow(ImageFormat.Oci, null, null, ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker, null, null, ImageFormat.Docker)]
    [DataRow(ImageFormat.Docker, ImageFormat.Oci, null, ImageFormat.Oci)]
    [DataRow(ImageFormat.Oci, ImageFormat.Docker, null, ImageFormat.Docker)]
    [DataRow(ImageFormat.Docker, null, ImageFormat.Oci, ImageFormat.Oci)]
    [DataRow(ImageFormat.Oci, null, ImageFormat.Docker, ImageFormat.Docker)]
    [DataRow(ImageFormat.Docker, ImageFormat.Oci, ImageFormat.Oci, ImageFormat.Oci)]
    public async Task An_image_has_one_format(ImageFormat ofBase, ImageFormat? asked, ImageFormat? required, ImageFormat expected)
    {
        using var project = new TestProject();
        var baseImage = PackedImage.Create(ofBase, PackedImage.Amd64, "base one", "base two");
        var assembled = await project.AssembleAsync(project.Plan("a") with { Format = asked }, baseImage, required: required);
        await ValidAsync(assembled, expected);
        Assert.HasCount(3, assembled.Image.Layers);
    }

    [TestMethod]
    public async Task A_format_that_the_destination_does_not_take_is_a_contradiction()
    {
        using var project = new TestProject();
        await Expect.FailureAsync(Diagnostics.Contradiction, () => project.AssembleAsync(project.Plan("a") with { Format = ImageFormat.Docker }, required: ImageFormat.Oci));
    }

    [TestMethod]
    public async Task A_base_that_the_format_cannot_hold_is_a_contradiction()
    {
        using var project = new TestProject();
        await Expect.FailureAsync(Diagnostics.Contradiction, () => project.AssembleAsync(project.Plan("a") with { Format = ImageFormat.Docker }, Zstd("base")));
    }

    [TestMethod]
    public async Task The_base_lies_below_and_says_so()
    {
        using var project = new TestProject();
        var baseImage = PackedImage.Create("base one", "base two");
        var assembled = await project.AssembleAsync(project.Plan("a", "b"), baseImage);
        CollectionAssert.AreEqual(baseImage.Layers.Select(l => l.DiffId).ToArray(), assembled.Image.Configuration.DiffIds.Take(2).ToArray());
        Assert.AreEqual("Base|Base|Packed|Packed", string.Join('|', assembled.Layers.Select(l => l.Outcome)));
        Assert.AreEqual("base|base|layer 0|layer 1", string.Join('|', assembled.Layers.Select(l => l.Name)));
        Assert.AreEqual(baseImage.Descriptor.Digest.ToString(), assembled.Image.Configuration.Labels["org.opencontainers.image.base.digest"]);
    }

    [TestMethod]
    public async Task A_layer_that_was_packed_before_comes_from_the_cache()
    {
        using var project = new TestProject();
        var first = await project.AssembleAsync(project.Plan("a", "b"));
        var second = await project.AssembleAsync(project.Plan("a", "c"));
        Assert.AreEqual("Packed|Packed", string.Join('|', first.Layers.Select(l => l.Outcome)));
        Assert.AreEqual("Cached|Packed", string.Join('|', second.Layers.Select(l => l.Outcome)));
        await ValidAsync(second, ImageFormat.Oci);
    }

    [TestMethod]
    public async Task A_damaged_blob_in_the_cache_is_packed_again()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        var first = await project.AssembleAsync(plan);
        var bytes = await File.ReadAllBytesAsync(project.Blobs.Single());
        bytes[20] ^= 1;
        await File.WriteAllBytesAsync(project.Blobs.Single(), bytes);
        var second = await project.AssembleAsync(plan);
        Assert.AreEqual(LayerOutcome.Packed, second.Layers[0].Outcome);
        Assert.AreEqual(first.Image.Descriptor.Digest, second.Image.Descriptor.Digest);
        await ValidAsync(second, ImageFormat.Oci);
    }

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task A_layer_with_the_same_key_is_taken_over_from_the_present_image(ImageFormat format)
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var baseImage = PackedImage.Create(format, PackedImage.Amd64, "base");
        var present = await before.AssembleAsync(before.Plan("a", "b"), baseImage);
        var assembled = await now.AssembleAsync(now.Plan("a", "b"), baseImage, present.Image);
        Assert.AreEqual("Base|TakenOver|TakenOver", string.Join('|', assembled.Layers.Select(l => l.Outcome)));
        CollectionAssert.AreEqual(present.Image.ManifestBytes, assembled.Image.ManifestBytes);
        Assert.IsEmpty(now.Blobs, "nothing is packed, and what was taken over does not enter the cache");
        await ValidAsync(assembled, format);
    }

    [TestMethod]
    public async Task A_layer_is_taken_over_into_the_other_format_too()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var present = await before.AssembleAsync(before.Plan("a") with { Format = ImageFormat.Docker });
        var assembled = await now.AssembleAsync(now.Plan("a") with { Format = ImageFormat.Oci }, present: present.Image);
        Assert.AreEqual(LayerOutcome.TakenOver, assembled.Layers[0].Outcome);
        await ValidAsync(assembled, ImageFormat.Oci);
    }

    [TestMethod]
    public async Task Only_what_changed_is_packed_where_the_rest_is_present()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var present = await before.AssembleAsync(before.Plan("a", "b"));
        var assembled = await now.AssembleAsync(now.Plan("a", "c"), present: present.Image);
        Assert.AreEqual("TakenOver|Packed", string.Join('|', assembled.Layers.Select(l => l.Outcome)));
        await ValidAsync(assembled, ImageFormat.Oci);
    }

    [TestMethod]
    public async Task A_layer_with_another_key_is_not_taken_over()
    {
        using var before = new TestProject();
        using var now = new TestProject();
        var present = await before.AssembleAsync(before.Plan("a"));
        var assembled = await now.AssembleAsync(now.Plan("other"), present: present.Image);
        Assert.AreEqual(LayerOutcome.Packed, assembled.Layers[0].Outcome);
    }

    [TestMethod]
    public async Task A_present_layer_that_the_format_cannot_hold_is_packed()
    {
        using var project = new TestProject();
        var plan = project.Plan("a") with { Format = ImageFormat.Docker };
        var key = LayerPacker.Key(LayerEntries.Read(plan.Layers, default)[0]);
        var zstd = Zstd("a");
        var present = zstd with
        {
            Layers = [zstd.Layers[0] with { Descriptor = zstd.Layers[0].Descriptor with { Annotations = Descriptor.NoAnnotations.Add(LayerKeys.Annotation, key.ToString()) } }],
        };
        var assembled = await project.AssembleAsync(plan, present: present);
        Assert.AreEqual(LayerOutcome.Packed, assembled.Layers[0].Outcome);
    }

    [TestMethod]
    public async Task Each_layer_says_the_key_of_all_its_inputs()
    {
        using var project = new TestProject();
        var plan = project.Plan("a", "b");
        var keys = LayerEntries.Read(plan.Layers, default).Select(e => LayerPacker.Key(e).ToString()).ToArray();
        var oci = await project.AssembleAsync(plan);
        var docker = await project.AssembleAsync(plan with { Format = ImageFormat.Docker });
        CollectionAssert.AreEqual(keys, oci.Image.Layers.Select(l => l.Descriptor.Annotations[LayerKeys.Annotation]).ToArray());
        Assert.AreEqual(string.Join(',', keys), docker.Image.Configuration.Labels[LayerKeys.Label]);
        Assert.IsTrue(docker.Image.Layers.All(l => l.Descriptor.Annotations.IsEmpty));
        Assert.IsFalse(oci.Image.Configuration.Labels.ContainsKey(LayerKeys.Label));
    }

    [TestMethod]
    public async Task A_symbolic_link_is_not_followed()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        plan = plan with { Content = new PlannedFiles([plan.Layers[0] with { Files = [.. plan.Layers[0].Files, new PlannedFile("/nowhere", "app/link", LayerEntry.LinkMode, "file0")] }]) };
        await ValidAsync(await project.AssembleAsync(plan), ImageFormat.Oci);
    }

    [TestMethod]
    public async Task A_file_that_is_missing_has_a_code()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        File.Delete(plan.Layers[0].Files[0].Source);
        await Expect.FailureAsync(Diagnostics.FileMissing, () => project.AssembleAsync(plan));
    }

    // One of many that are worked at together fails with its own code all the same.
    [TestMethod]
    [DataRow(3)]
    [DataRow(50)]
    public async Task A_file_that_is_missing_among_many_has_a_code(int layers)
    {
        using var project = new TestProject();
        var plan = project.Plan([.. Enumerable.Range(0, layers).Select(i => $"{i}")]);
        File.Delete(plan.Layers[1].Files[0].Source);
        await Expect.FailureAsync(Diagnostics.FileMissing, () => project.AssembleAsync(plan));
    }

    [TestMethod]
    public async Task A_cache_that_is_full_has_a_code_whichever_layer_finds_out()
    {
        using var disk = TinyDisk.Mount();
        using var project = new TestProject();
        using var budget = new PackingBudget(2);
        var random = new byte[TinyDisk.Size];
        new Random(1).NextBytes(random);
        var plan = project.Plan([.. Enumerable.Range(0, 4).Select(i => i + Convert.ToHexString(random))]);
        var cache = LayerCache.Open(disk.Path, CacheMode.ReadWrite, project["project"], long.MaxValue, new SilentReporter());
        await Expect.FailureAsync(Diagnostics.DiskFull, () => Task.Run(() => new ImageAssembler(cache, budget, new SilentReporter(), TestProject.Libraries).AssembleAsync(plan, null, null, null, default)));
        Assert.IsEmpty(disk.Files);
    }

    [TestMethod]
    public async Task Many_layers_are_packed_at_once_in_their_order()
    {
        using var project = new TestProject();
        var contents = Enumerable.Range(0, 40).Select(i => new string((char)('a' + i % 26), i * 1000)).ToArray();
        var assembled = await project.AssembleAsync(project.Plan(contents));
        Assert.AreEqual(string.Join('|', Enumerable.Range(0, 40).Select(i => $"layer {i}")), string.Join('|', assembled.Layers.Select(l => l.Name)));
        await ValidAsync(assembled, ImageFormat.Oci);
    }

    // The content is never read here, so it need not be what it says.
    private static Image Zstd(string content)
    {
        var image = PackedImage.Create(content);
        ImmutableArray<ImageLayer> layers = [image.Layers[0] with { Descriptor = image.Layers[0].Descriptor with { MediaType = MediaTypes.OciLayerZstd } }];
        return PackedImage.Assemble(ImageFormat.Oci, PackedImage.Amd64, layers);
    }

    private static async Task ValidAsync(AssembledImage assembled, ImageFormat format)
    {
        Assert.AreEqual(format, assembled.Image.Manifest.Format);
        Assert.AreEqual("", string.Join('\n', await ImageValidator.ValidateAsync(assembled.Image, default)));
    }
}
