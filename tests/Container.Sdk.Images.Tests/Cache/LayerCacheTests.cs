
namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class LayerCacheTests
{
    [TestMethod]
    public void Layers_of_one_project_are_found_by_another()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        Pack(Open(folder, CacheMode.ReadWrite, "one"), files);
        Assert.AreEqual(folder["shared"], Open(folder, CacheMode.ReadWrite, "two").Find(LayerPacker.Key(files.Entries))?.Folder.Root);
        Assert.IsFalse(Directory.Exists(folder["one"]));
    }

    [TestMethod]
    public void A_cache_that_is_only_read_is_read_and_not_written()
    {
        using var folder = new TestFolder();
        using var known = new LayerFiles().File("app/a", "1");
        using var unknown = new LayerFiles().File("app/a", "2");
        Pack(Open(folder, CacheMode.ReadWrite), known);
        var before = Shared(folder);
        var cache = Open(folder, CacheMode.ReadOnly);
        Assert.AreEqual(folder["shared"], cache.Find(LayerPacker.Key(known.Entries))?.Folder.Root);
        Assert.AreEqual(folder["project"], Pack(cache, unknown).Folder.Root);
        Assert.AreEqual(folder["project"], cache.Find(LayerPacker.Key(unknown.Entries))?.Folder.Root);
        Assert.AreEqual(before, Shared(folder));
    }

    [TestMethod]
    public void A_cache_that_is_only_read_is_not_made()
    {
        using var folder = new TestFolder();
        Assert.IsNull(Open(folder, CacheMode.ReadOnly).Find(Digest.Of([])));
        Assert.IsFalse(Directory.Exists(folder["shared"]));
    }

    [TestMethod]
    public void A_cache_that_is_off_is_not_touched()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        Pack(Open(folder, CacheMode.ReadWrite), files);
        var before = Shared(folder);
        var cache = Open(folder, CacheMode.Off);
        Assert.IsNull(cache.Find(LayerPacker.Key(files.Entries)));
        Assert.AreEqual(folder["project"], Pack(cache, files).Folder.Root);
        Assert.AreEqual(before, Shared(folder));
    }

    [TestMethod]
    public void A_cache_that_cannot_be_used_is_said_and_the_build_goes_on()
    {
        using var folder = new TestFolder();
        folder.Write("shared", []);
        using var files = new LayerFiles().File("app/a", "1");
        var reporter = new RecordingReporter();
        var cache = Open(folder, CacheMode.ReadWrite, reporter: reporter);
        Assert.AreEqual("CSDK8003", reporter.Warnings.Single());
        Assert.AreEqual(folder["project"], Pack(cache, files).Folder.Root);
        Assert.AreEqual(folder["project"], cache.Find(LayerPacker.Key(files.Entries))?.Folder.Root);
    }

    [TestMethod]
    public void Only_a_shared_cache_is_trimmed()
    {
        using var folder = new TestFolder();
        using var files = new LayerFiles().File("app/a", "1");
        foreach (var mode in (CacheMode[])[CacheMode.ReadWrite, CacheMode.Off]) Pack(Open(folder, mode), files);
        foreach (var file in folder.Names.Where(n => File.Exists(folder[n]))) File.SetLastWriteTimeUtc(folder[file], DateTime.UtcNow.AddDays(-1));
        Open(folder, CacheMode.Off, most: 0).Trim();
        Open(folder, CacheMode.ReadOnly, most: 0).Trim();
        Assert.HasCount(2, Blobs());
        Open(folder, CacheMode.ReadWrite, most: 0).Trim();
        Assert.StartsWith("project", Blobs().Single());

        List<string> Blobs() => [.. folder.Names.Where(n => n.Contains("sha256/", StringComparison.Ordinal))];
    }

    private static LayerCache Open(TestFolder folder, CacheMode mode, string project = "project", long most = long.MaxValue, IReporter? reporter = null) =>
        LayerCache.Open(folder["shared"], mode, folder[project], most, reporter ?? new SilentReporter());

    private static CachedLayer Pack(LayerCache cache, LayerFiles files)
    {
        using var budget = new PackingBudget(1);
        return cache.Pack(LayerPacker.Key(files.Entries), files.Entries, budget, default);
    }

    private static string Shared(TestFolder folder) => string.Join('|', folder.Names.Where(n => n.StartsWith("shared", StringComparison.Ordinal)));
}
