using System.Text;

namespace Container.Sdk.Images.Tests;

/// <summary>A published project with a cache, both in a folder of the test.</summary>
internal sealed class TestProject : IDisposable
{
    private static readonly Platform Amd64 = new("linux", "amd64");

    private readonly TestFolder _folder = new();
    private readonly PackingBudget _budget = new(2);

    public string CacheFolder => _folder["cache"];

    public LayerCache Cache => LayerCache.Open(CacheFolder, CacheMode.ReadWrite, _folder["project"], long.MaxValue, new SilentReporter());

    /// <summary>The files in the cache's folder of blobs.</summary>
    public IReadOnlyList<string> Blobs => Directory.Exists(Path.Combine(CacheFolder, "blobs", "sha256"))
        ? [.. Directory.EnumerateFiles(Path.Combine(CacheFolder, "blobs", "sha256")).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>A plan with a layer for each of the contents.</summary>
    public ImagePlan Plan(params string[] contents) => new()
    {
        Name = "Orders.Api",
        Base = new ScratchReference(),
        Platform = Amd64,
        Created = "1980-01-01T00:00:00Z",
        Settings = new ContainerSettings { AppCommand = ["/app/x"], Labels = [new("a", "1")] },
        Content = new PlannedFiles([.. contents.Select((content, i) => new PlannedLayer($"layer {i}", OriginKind.App, [new FileOrigin(OriginKind.Project, $"part {i}")], [File(i, content)]))]),
    };

    public Task<AssembledImage> AssembleAsync(ImagePlan plan, Image? baseImage = null, Image? present = null, ImageFormat? required = null, ILayerStore? store = null) =>
        Task.Run(() => new ImageAssembler(Cache, _budget, new SilentReporter(), Libraries, store).AssembleAsync(plan, baseImage, present, required, default));

    /// <summary>The bytes of a library image's layer: <paramref name="layer"/> says whose they are, and nobody reads them.</summary>
    public static IBlob Libraries(ImageReference library, Descriptor layer) => new LibraryBlob(library, layer);

    public string this[string name] => _folder[name];

    public void Dispose()
    {
        _budget.Dispose();
        _folder.Dispose();
    }

    /// <summary>Bytes that a library image has; nobody reads them.</summary>
    public sealed record LibraryBlob(ImageReference Library, Descriptor Layer) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) => throw new NotSupportedException();
    }

    private PlannedFile File(int number, string content) =>
        new(_folder.Write($"file{number}", Encoding.UTF8.GetBytes(content)), $"app/file{number}", LayerEntry.DataMode);
}
