using System.Text;
using Container.Sdk.Images;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks.Tests;

[TestClass]
public sealed class LayerRepositoryTests : IDisposable
{
    private static readonly Digest Key = Digest.Of("a key"u8);
    private static readonly RepositoryName App = RepositoryName.Parse("team-a/app");

    private readonly TestFolder _folder = new();
    private readonly BuildSession _session = new();
    private readonly RecordingReporter _reporter = new();

    private LayoutTarget Target => new(_folder["registry"], App, [Tag.Latest]);

    [TestMethod]
    public void It_lies_where_the_app_goes_behind_the_prefix()
    {
        Assert.AreEqual("registry.example.com/team-a/layers", Open(new RegistryTarget(RegistryHost.Parse("registry.example.com"), App, [Tag.Latest]))?.ToString());
        Assert.AreEqual($"oci:{_folder["registry"]}:team-a/layers", Open(Target)?.ToString());
    }

    [TestMethod]
    public void There_is_none_where_there_are_no_repositories()
    {
        foreach (var target in (ImageTarget[])[new ArchiveTarget("/a.tar", App, [Tag.Latest]), new EngineTarget("docker", App, [Tag.Latest]), new NoTarget(App, [Tag.Latest])])
            Assert.IsNull(Open(target));
    }

    [TestMethod]
    public void There_is_none_without_a_name() => Assert.IsNull(Open(Target, " "));

    [TestMethod]
    [DataRow("Layers")]
    [DataRow("/layers")]
    [DataRow("layers:1")]
    public void A_name_is_taken_as_it_is_written_or_not_at_all(string name) => Expect.Failure(Diagnostics.InvalidRepository, () => Open(Target, name));

    [TestMethod]
    public async Task What_was_kept_is_found_by_its_key()
    {
        await KeepAsync();
        Assert.AreEqual(Key.ToString(), (await Open(Target)!.FindAsync(Key, default))?.Layers[0].Descriptor.Annotations[LayerKeys.Annotation]);
        Assert.IsNull(await Open(Target)!.FindAsync(Digest.Of("another key"u8), default));
    }

    [TestMethod]
    public async Task A_key_is_looked_for_once_in_a_build()
    {
        Assert.IsNull(await Open(Target)!.FindAsync(Key, default));
        await KeepAsync();
        Assert.IsNull(await Open(Target)!.FindAsync(Key, default));
    }

    [TestMethod]
    public async Task What_cannot_be_read_is_not_there()
    {
        Directory.CreateDirectory(_folder["registry"]);
        _folder.Write("registry/oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        _folder.Write("registry/index.json", "no json"u8.ToArray());
        Assert.IsNull(await Open(Target)!.FindAsync(Key, default));
    }

    [TestMethod]
    public async Task Where_nothing_can_be_written_many_layers_give_one_warning()
    {
        _folder.Write("registry", []);
        var kept = await Kept().DeliverAsync(Plan(3), Assembled(3), default);
        Assert.HasCount(1, _reporter.Warnings, string.Join('\n', _reporter.Warnings));
        Assert.IsTrue(kept.Deliveries.All(d => d is null));
    }

    [TestMethod]
    public async Task A_layer_is_kept_once_in_a_build_and_counts_for_who_brought_it()
    {
        var first = await Kept().DeliverAsync(Plan(2), Assembled(2), default);
        var second = await Kept().DeliverAsync(Plan(2), Assembled(2), default);
        Assert.AreEqual("Sent Sent", string.Join(' ', first.Deliveries.Select(d => d!.Layers[0])));
        Assert.IsTrue(second.Deliveries.All(d => d is null));
    }

    [TestMethod]
    [DataRow(LayerOutcome.Base)]
    [DataRow(LayerOutcome.TakenOver)]
    [DataRow(LayerOutcome.Library)]
    [DataRow(LayerOutcome.Shared)]
    public async Task What_came_out_of_a_repository_is_not_brought_into_another(LayerOutcome provenance)
    {
        await Kept().DeliverAsync(Plan(1), Assembled(1, provenance), default);
        Assert.IsFalse(Directory.Exists(_folder["registry"]));
    }

    [TestMethod]
    public void What_was_sent_to_be_kept_was_sent_although_the_app_mounts_it()
    {
        var kept = new KeptImage(null!, [null, new Delivery([Transfer.Sent], 100, 5), new Delivery([Transfer.Reused], 10, 2)]);
        var whole = kept.Whole(new Delivery([Transfer.Reused, Transfer.Mounted, Transfer.Mounted], 1, 3));
        Assert.AreEqual("Reused Sent Mounted", string.Join(' ', whole.Layers));
        Assert.AreEqual((111L, 10), (whole.BytesSent, whole.Requests));
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    private LayerRepository? Open(ImageTarget target, string name = "layers") => LayerRepository.Open(_session, target, "team-a/", name, _reporter);

    private KeptLayers Kept() => new(_session, Target, Open(Target)!, null, _reporter);

    private async Task KeepAsync() =>
        await new LayoutImageDestination(_folder["registry"], RepositoryName.Parse("team-a/layers"), [SharedLayers.TagOf(Key)])
            .DeliverAsync(ThinImage.Of(Layer(0), Key, "layer", "a test"), new SilentReporter(), default);

    private static ImageLayer Layer(int number)
    {
        var bytes = Encoding.UTF8.GetBytes($"layer {number}");
        return new ImageLayer(new Descriptor(MediaTypes.OciLayerGzip, Digest.Of(bytes), bytes.Length), Digest.Of(bytes), new Bytes(bytes));
    }

    private static ImagePlan Plan(int layers) => new()
    {
        Name = "app",
        Base = "scratch",
        Platform = new Platform("linux", "amd64"),
        Created = "1980-01-01T00:00:00Z",
        Settings = new ContainerSettings(),
        Layers = [.. Enumerable.Range(0, layers).Select(i => new PlannedLayer($"layer {i}", OriginKind.App, [], []))],
    };

    private static AssembledImage Assembled(int layers, LayerOutcome provenance = LayerOutcome.Packed)
    {
        var image = ThinImage.Of(Layer(0), Key, "app", "a test") with { Layers = [.. Enumerable.Range(0, layers).Select(Layer)] };
        return new AssembledImage(image, [.. image.Layers.Select(l => new LayerSummary("layer", provenance, []) { Key = l.DiffId })]);
    }

    private sealed class Bytes(byte[] content) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult<Stream>(new MemoryStream(content));
    }
}
