
namespace Container.Sdk.Images.Tests;

[TestClass]
public sealed class CacheTrimmingTests
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [TestMethod]
    public void The_least_recently_used_go_until_the_rest_fits()
    {
        using var cache = new TestFolder();
        foreach (var days in (int[])[3, 1, 4, 2]) Blob(cache, $"{days}", 100, TimeSpan.FromDays(days));
        CacheTrimming.Trim(cache.Path, 200, Now);
        Assert.AreEqual("1|2", Blobs(cache));
    }

    [TestMethod]
    public void What_fits_stays_however_old_it_is()
    {
        using var cache = new TestFolder();
        Blob(cache, "old", 100, TimeSpan.FromDays(1000));
        CacheTrimming.Trim(cache.Path, 100, Now);
        Assert.AreEqual("old", Blobs(cache));
    }

    [TestMethod]
    public void What_somebody_may_be_working_with_stays_however_much_it_is()
    {
        using var cache = new TestFolder();
        Blob(cache, "new", 100, TimeSpan.FromMinutes(59));
        Blob(cache, "old", 100, TimeSpan.FromMinutes(61));
        CacheTrimming.Trim(cache.Path, 0, Now);
        Assert.AreEqual("new", Blobs(cache));
    }

    [TestMethod]
    public void What_killed_builds_left_goes_after_a_day_and_is_never_taken_for_a_blob()
    {
        using var cache = new TestFolder();
        Blob(cache, "whole", 100, TimeSpan.FromDays(9));
        Blob(cache, "a.partial", 1000, TimeSpan.FromHours(25));
        Blob(cache, "b.partial", 1000, TimeSpan.FromHours(23));
        CacheTrimming.Trim(cache.Path, 100, Now);
        Assert.AreEqual("b.partial|whole", Blobs(cache));
    }

    [TestMethod]
    public void Records_that_killed_builds_left_go_too()
    {
        using var cache = new TestFolder();
        Blob(cache, "whole", 100, TimeSpan.FromDays(9));
        Write(cache, "layers/a.partial", 10, TimeSpan.FromHours(25));
        CacheTrimming.Trim(cache.Path, 100, Now);
        Assert.IsFalse(File.Exists(cache["layers/a.partial"]));
    }

    [TestMethod]
    public void Records_go_when_they_are_old_and_room_is_needed()
    {
        using var cache = new TestFolder();
        Blob(cache, "old", 100, TimeSpan.FromDays(9));
        Write(cache, "layers/old", 10, TimeSpan.FromDays(91));
        Write(cache, "layers/new", 10, TimeSpan.FromDays(89));
        CacheTrimming.Trim(cache.Path, 0, Now);
        Assert.AreEqual("layers/new", string.Join('|', cache.Names.Where(n => n.StartsWith("layers/", StringComparison.Ordinal))));
    }

    [TestMethod]
    public void A_cache_that_is_not_there_needs_no_trimming()
    {
        using var cache = new TestFolder();
        CacheTrimming.Trim(cache["no"], 0, Now);
        Assert.IsEmpty(cache.Names);
    }

    [TestMethod]
    public void Finding_a_layer_is_using_it()
    {
        using var folder = new TestFolder();
        using var budget = new PackingBudget(1);
        using var one = new LayerFiles().File("app/a", "1");
        using var two = new LayerFiles().File("app/a", "2");
        var cache = new LayerFolder(folder.Path);
        var layers = new[] { one, two }.Select(f => cache.Pack(LayerPacker.Key(f.Entries), output => LayerPacker.Pack(f.Entries, output, budget, default))).ToList();
        foreach (var (layer, days) in layers.Zip((int[])[3, 2])) File.SetLastWriteTimeUtc(folder[$"blobs/sha256/{layer.Digest.Hex}"], DateTime.UtcNow.AddDays(-days));
        Assert.IsNotNull(cache.Find(LayerPacker.Key(one.Entries)));
        CacheTrimming.Trim(folder.Path, layers[0].Size, DateTime.UtcNow);
        Assert.AreEqual(layers[0].Digest.Hex, Blobs(folder));
    }

    private static void Blob(TestFolder cache, string name, int size, TimeSpan age) => Write(cache, $"blobs/sha256/{name}", size, age);

    private static void Write(TestFolder cache, string name, int size, TimeSpan age)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(cache[name])!);
        Directory.CreateDirectory(cache["layers"]);
        File.SetLastWriteTimeUtc(cache.Write(name, new byte[size]), Now - age);
    }

    private static string Blobs(TestFolder cache) => string.Join('|', cache.Names.Where(n => n.StartsWith("blobs/sha256/", StringComparison.Ordinal)).Select(n => n["blobs/sha256/".Length..]));
}
