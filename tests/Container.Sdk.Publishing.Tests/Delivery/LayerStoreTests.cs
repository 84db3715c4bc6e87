using Container.Sdk.Images;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing.Tests;

/// <summary><c>ContainerLayerRepository</c>: one copy of every layer, for all apps and machines.</summary>
[TestClass]
public sealed class LayerStoreTests : IDisposable
{
    private readonly TestApp _app = new();
    private readonly TestApp _other;

    public LayerStoreTests()
    {
        _other = new TestApp().With("ContainerRegistry", _app["ContainerRegistry"]).With("ContainerRepository", "other");
        foreach (var app in (TestApp[])[_app, _other]) app.With("ContainerRepositoryPrefix", "team-a/").With("ContainerLayerRepository", "layers");
    }

    [TestMethod]
    public void It_lies_where_the_app_goes_behind_the_prefix()
    {
        Assert.AreEqual($"oci:{_app.Registry}:team-a/layers", _app.Request().LayerRepository?.ToString());
        Assert.AreEqual("registry.example.com/team-a/layers", _app.With("ContainerRegistry", "registry.example.com").Request().LayerRepository?.ToString());
    }

    [TestMethod]
    [DataRow("ContainerArchiveOutputPath", "/a.tar")]
    [DataRow("ContainerRegistry", "")]
    [DataRow("ContainerDeliver", "false")]
    public void There_is_none_where_there_are_no_repositories(string property, string value) => Assert.IsNull(_app.With(property, value).Request().LayerRepository);

    [TestMethod]
    public void There_is_none_without_a_name() => Assert.IsNull(_app.With("ContainerLayerRepository", " ").Request().LayerRepository);

    [TestMethod]
    [DataRow("Layers")]
    [DataRow("/layers")]
    [DataRow("layers:1")]
    public Task A_name_is_taken_as_it_is_written_or_not_at_all(string name) => _app.With("ContainerLayerRepository", name).RefusedAsync("CSDK1002");

    [TestMethod]
    public async Task What_one_app_packed_another_machine_does_not_pack()
    {
        await _app.PublishAsync();
        var report = await _other.PublishAsync();
        Assert.AreEqual("Shared", TestApp.Outcomes(report));
        Assert.IsEmpty(_other.Blobs);
    }

    [TestMethod]
    public async Task A_layer_is_kept_as_an_image_under_half_of_its_key()
    {
        var layer = (await _app.PublishAsync()).Image.Layers[0];
        var tag = SharedLayers.TagOf(Digest.Parse(layer.Descriptor.Annotations[LayerKeys.Annotation]));
        Assert.AreEqual(layer.Descriptor.Digest, LayoutImages.Read(_app.Registry, $"team-a/layers:{tag}").Layers.Single().Descriptor.Digest);
    }

    [TestMethod]
    public async Task A_key_is_looked_for_once_in_a_build()
    {
        using var session = new PublishSession();
        var request = _app.Request();
        var store = new LayerStore(session, request.LayerRepository!, request.Access, new SilentReporter());
        var key = Digest.Of("a key"u8);
        Assert.IsNull(await store.FindAsync(key, default));
        await Keep(key);
        Assert.IsNull(await store.FindAsync(key, default));
        using var next = new PublishSession();
        Assert.IsNotNull(await new LayerStore(next, request.LayerRepository!, request.Access, new SilentReporter()).FindAsync(key, default));
    }

    [TestMethod]
    public async Task What_cannot_be_read_is_not_there()
    {
        _app.Write("registry/oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        _app.Write("registry/index.json", "no json"u8.ToArray());
        var request = _app.Request();
        Assert.IsNull(await new LayerStore(_app.Session, request.LayerRepository!, request.Access, _app.Reporter).FindAsync(Digest.Of("a key"u8), default));
    }

    [TestMethod]
    public async Task A_layer_that_was_sent_to_be_kept_was_sent()
    {
        var report = await _app.PublishAsync();
        Assert.AreEqual("Sent", string.Join(' ', report.Delivery!.Layers));
    }

    [TestMethod]
    public async Task Where_nothing_can_be_written_many_layers_are_one_refusal()
    {
        var (request, assembled) = (_app.Request(), Assembled(3));
        var target = new LayoutTarget($"{_app.Write("file", [])}/registry", RepositoryName.Parse("layers"), [Tag.Latest]);
        var refusals = new List<string>();
        var published = await new LayerPublisher(_app.Session, request, null, _app.Reporter).PublishAsync(
            assembled, assembled.Image.Layers.Select((l, i) => new LayerCopy(i, target, l)), (repository, e) => refusals.Add($"{repository.Name} {e.Diagnostic.Code}"), default);
        Expect.Sequence(refusals, "layers CSDK8001");
        Assert.IsTrue(published.Deliveries.All(d => d is null));
    }

    [TestMethod]
    public async Task A_layer_is_kept_once_in_a_build_and_counts_for_who_brought_it()
    {
        var (request, assembled) = (_app.Request(), Assembled(2));
        var copies = assembled.Image.Layers.Select((l, i) => new LayerCopy(i, request.LayerRepository!.Target([SharedLayers.TagOf(l.DiffId)]), l)).ToList();
        var publisher = new LayerPublisher(_app.Session, request, null, _app.Reporter);
        var first = await publisher.PublishAsync(assembled, copies, null, default);
        var second = await publisher.PublishAsync(assembled, copies, null, default);
        Expect.Sequence(first.Deliveries.Select(d => d!.Layers[0]), Transfer.Sent, Transfer.Sent);
        Assert.IsTrue(second.Deliveries.All(d => d is null));
    }

    [TestMethod]
    [DataRow(LayerOutcome.Base)]
    [DataRow(LayerOutcome.TakenOver)]
    [DataRow(LayerOutcome.Library)]
    [DataRow(LayerOutcome.Shared)]
    public async Task What_came_out_of_a_repository_is_not_brought_into_another(LayerOutcome outcome)
    {
        await new ContainerPublisher(_app.Session, _app.Reporter).DeliverAsync(_app.Request(), Assembled(1, outcome), default);
        Expect.Sequence(new ImageLayout(_app.Registry).ReadIndex().Manifests.Select(m => m.Annotations[ImageLayout.RefName]), "team-a/app:latest");
    }

    [TestMethod]
    public void What_was_sent_to_be_kept_was_sent_although_the_app_mounts_it()
    {
        var kept = new PublishedLayers(null!, [null, new Oci.Delivery([Transfer.Sent], 100, 5), new Oci.Delivery([Transfer.Reused], 10, 2)]);
        var whole = kept.Whole(new Oci.Delivery([Transfer.Reused, Transfer.Mounted, Transfer.Mounted], 1, 3));
        Expect.Sequence(whole.Layers, Transfer.Reused, Transfer.Sent, Transfer.Mounted);
        Assert.AreEqual((111L, 10), (whole.BytesSent, whole.Requests));
    }

    [TestMethod]
    public async Task Another_layer_under_the_key_of_this_one_is_not_used_and_is_put_right()
    {
        var first = await _app.PublishAsync();
        var key = first.Assembled.Layers[0].Key!;
        var poison = ThinImage.Of(PackedImage.Layer(ImageFormat.Oci, "app/evil.dll", "poison"), key, "application", "a test");
        await new LayoutImageDestination(_app.Registry, RepositoryName.Parse("team-a/layers"), [SharedLayers.TagOf(key)]).DeliverAsync(poison, new SilentReporter(), default);

        var second = await _other.PublishAsync();
        Assert.AreEqual("Packed", TestApp.Outcomes(second));
        Assert.AreEqual(first.Image.Layers[0].DiffId, LayoutImages.Read(_app.Registry, "team-a/other:latest").Layers[0].DiffId);
        Assert.AreEqual(first.Image.Layers[0].DiffId, LayoutImages.Read(_app.Registry, $"team-a/layers:{SharedLayers.TagOf(key)}").Layers.Single().DiffId);
    }

    private static AssembledImage Assembled(int layers, LayerOutcome outcome = LayerOutcome.Packed)
    {
        var image = PackedImage.Create([.. Enumerable.Range(0, layers).Select(i => $"layer {i}")]);
        return new AssembledImage(image, [.. image.Layers.Select(l => new AssembledLayer("layer", outcome, []) { Key = l.DiffId, Library = new ScratchReference() })]) { Base = new ScratchReference(), Platform = PackedImage.Amd64 };
    }

    private Task<Oci.Delivery> Keep(Digest key) => new LayoutImageDestination(_app.Registry, RepositoryName.Parse("team-a/layers"), [SharedLayers.TagOf(key)])
        .DeliverAsync(ThinImage.Of(PackedImage.Layer(ImageFormat.Oci, "app/x", "x"), key, "layer", "a test"), new SilentReporter(), default);

    public void Dispose()
    {
        _app.Dispose();
        _other.Dispose();
    }
}
