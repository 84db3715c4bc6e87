namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class LibraryLayersTests
{
    private const string Why = "its symbols are published with it";

    private static readonly ImageReference Library = ImageReference.Parse("registry.example.com/libs/acme:1.0.0", "/work");
    private static readonly Descriptor Foreign = new(MediaTypes.OciLayerGzip, Digest.Of("compressed by somebody else"u8), 27);

    [TestMethod]
    public async Task The_same_files_are_the_librarys_own_layer_and_nothing_is_packed()
    {
        using var project = new TestProject();
        var plan = project.Plan("a", "b");
        var diffId = DiffIdOf(plan, 0);
        var assembled = await project.AssembleAsync(Covered(plan, 0, diffId));
        var layer = assembled.Image.Layers[0];
        Assert.AreEqual(Foreign.Digest, layer.Descriptor.Digest);
        Assert.AreEqual(diffId, layer.DiffId);
        Assert.AreEqual(new TestProject.LibraryBlob(Library, Foreign), layer.Content);
        Assert.HasCount(1, project.Blobs, "only the other layer is packed");
    }

    [TestMethod]
    public async Task A_librarys_own_layer_says_so_and_no_reason_why_not()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        var summary = (await project.AssembleAsync(Covered(plan, 0, DiffIdOf(plan, 0)))).Layers[0];
        Assert.AreEqual(LayerOutcome.Library, summary.Outcome);
        Assert.AreEqual(Library, summary.Library);
        Assert.IsNull(summary.OwnBecause);
    }

    [TestMethod]
    public async Task A_librarys_own_layer_says_its_key_as_every_layer_does()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        var assembled = await project.AssembleAsync(Covered(plan, 0, DiffIdOf(plan, 0)));
        Assert.AreEqual(LayerPacker.Key(LayerEntries.Read(plan.Layers, default)[0]).ToString(), assembled.Image.Layers[0].Descriptor.Annotations[LayerKeys.Annotation]);
    }

    [TestMethod]
    public async Task Other_files_are_a_layer_of_the_apps_own_that_says_why()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        var assembled = await project.AssembleAsync(Covered(plan, 0, Digest.Of("other files"u8)));
        Assert.AreEqual(LayerOutcome.Packed, assembled.Layers[0].Outcome);
        Assert.AreEqual(Why, assembled.Layers[0].OwnBecause);
        Assert.AreEqual(DiffIdOf(plan, 0), assembled.Image.Layers[0].DiffId);
        Assert.AreEqual("", string.Join('\n', await ImageValidator.ValidateAsync(assembled.Image, default)));
    }

    [TestMethod]
    public async Task A_library_of_which_no_image_is_known_says_why()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        var assembled = await project.AssembleAsync(plan with { Content = new PlannedFiles([plan.Layers[0] with { NotShared = "nobody knows it" }]) });
        Assert.AreEqual(LayerOutcome.Packed, assembled.Layers[0].Outcome);
        Assert.AreEqual("nobody knows it", assembled.Layers[0].OwnBecause);
        Assert.IsNull(assembled.Layers[0].Library);
    }

    [TestMethod]
    public async Task Where_sharing_is_required_other_files_fail_before_anything_is_packed()
    {
        using var project = new TestProject();
        var plan = Covered(project.Plan("a", "b", "c"), 2, Digest.Of("other files"u8)) with { RequiresSharedLayers = true };
        var e = await Expect.FailureAsync(Diagnostics.LayerNotShared, () => project.AssembleAsync(plan));
        StringAssert.Contains(e.Message, Why);
        Assert.IsEmpty(project.Blobs);
    }

    [TestMethod]
    public async Task Where_sharing_is_required_a_library_of_which_no_image_is_known_fails()
    {
        using var project = new TestProject();
        var plan = project.Plan("a");
        await Expect.FailureAsync(Diagnostics.LayerNotShared, () => project.AssembleAsync(
            plan with { RequiresSharedLayers = true, Content = new PlannedFiles([plan.Layers[0] with { NotShared = "nobody knows it" }]) }));
        Assert.IsEmpty(project.Blobs);
    }

    [TestMethod]
    public async Task Where_sharing_is_required_what_is_no_library_is_packed()
    {
        using var project = new TestProject();
        var plan = project.Plan("a", "b");
        var assembled = await project.AssembleAsync(Covered(plan, 0, DiffIdOf(plan, 0)) with { RequiresSharedLayers = true });
        Assert.AreEqual("Library|Packed", string.Join('|', assembled.Layers.Select(l => l.Outcome)));
    }

    private static Digest DiffIdOf(ImagePlan plan, int layer) => LayerPacker.DiffId(LayerEntries.Read(plan.Layers, default)[layer], default);

    private static ImagePlan Covered(ImagePlan plan, int layer, Digest diffId) => plan with
    {
        Content = new PlannedFiles(plan.Layers.SetItem(layer, plan.Layers[layer] with { Library = new LibraryLayer(Library, Foreign, diffId, Why) })),
    };
}
