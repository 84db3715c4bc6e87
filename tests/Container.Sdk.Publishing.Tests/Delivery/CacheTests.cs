using System.Text.Json.Nodes;

namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class CacheTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    public async Task An_unchanged_layer_is_not_packed_again()
    {
        var first = await _app.PublishAsync();
        var second = await _app.With("ContainerRepository", "another").PublishAsync();
        Assert.AreEqual("Packed Cached", $"{TestApp.Outcomes(first)} {TestApp.Outcomes(second)}");
        Assert.AreEqual(first.Image.Layers[0].Descriptor.Digest, second.Image.Layers[0].Descriptor.Digest);
    }

    [TestMethod]
    public async Task Another_project_with_the_same_files_packs_nothing()
    {
        using var other = new TestApp();
        var first = await _app.PublishAsync();
        var second = await other.With("CacheFolder", _app["CacheFolder"]).PublishAsync();
        Assert.AreEqual("Cached", TestApp.Outcomes(second));
        Assert.AreEqual(first.Image.Descriptor.Digest, second.Image.Descriptor.Digest);
    }

    [TestMethod]
    public async Task A_changed_mode_is_another_layer_and_a_changed_time_is_not()
    {
        await _app.Publish("file.txt", "echo").PublishAsync();
        File.SetLastWriteTimeUtc(_app.PathOf("app/publish/file.txt"), DateTime.UtcNow.AddDays(1));
        Assert.AreEqual("Cached", TestApp.Outcomes(await _app.With("ContainerRepository", "another").PublishAsync()));
        _app.Publish("file.txt", "#!sh");
        Assert.AreEqual("Packed", TestApp.Outcomes(await _app.PublishAsync()));
    }

    [TestMethod]
    public async Task Switched_off_it_is_not_written()
    {
        await _app.With("ContainerCacheMode", "off").ImageAsync();
        Assert.IsEmpty(_app.Blobs);
    }

    [TestMethod]
    public async Task Switched_off_it_is_not_read()
    {
        await _app.PublishAsync();
        Assert.AreEqual("Packed", TestApp.Outcomes(await _app.With("ContainerCacheMode", "Off").With("ContainerRepository", "another").PublishAsync()));
    }

    [TestMethod]
    public async Task Read_only_it_is_used_and_stays_as_it_is()
    {
        await _app.PublishAsync();
        _app["ContainerCacheMode"] = "ReadOnly";
        Assert.AreEqual("Cached", TestApp.Outcomes(await _app.With("ContainerRepository", "another").PublishAsync()));
        _app.Publish("new.txt", "new");
        Assert.AreEqual("Packed", TestApp.Outcomes(await _app.With("ContainerRepository", "third").PublishAsync()));
        Assert.HasCount(1, _app.Blobs);
        Assert.Contains("app/new.txt", LayoutImages.OwnFiles(LayoutImages.Read(_app.Registry, "third:latest")));
    }

    [TestMethod]
    public async Task What_was_not_used_for_long_goes_when_it_is_full()
    {
        var bytes = new byte[2 << 20];
        new Random(1).NextBytes(bytes);
        await _app.Publish("large.bin", bytes).With("ContainerCacheMaxSize", "1").PublishAsync();
        var old = _app.Blobs.MaxBy(b => new FileInfo(b).Length)!;
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        await _app.Publish("new.txt", "new").PublishAsync();
        Assert.IsFalse(File.Exists(old));
        Assert.IsNotEmpty(_app.Blobs, "What was used a moment ago stays.");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_damaged_blob_is_packed_again(bool sameSize)
    {
        var digest = (await _app.PublishAsync()).Image.Descriptor.Digest;
        var blob = _app.Blobs.Single();
        var bytes = File.ReadAllBytes(blob);
        bytes[bytes.Length / 2] ^= 0xFF;
        File.WriteAllBytes(blob, sameSize ? bytes : bytes[..(bytes.Length / 2)]);
        var report = await _app.With("ContainerRepository", "another").PublishAsync();
        Assert.AreEqual(("Packed", digest), (TestApp.Outcomes(report), LayoutImages.Read(_app.Registry, "another:latest").Descriptor.Digest));
    }

    [TestMethod]
    public async Task A_damaged_record_is_not_believed()
    {
        var digest = (await _app.PublishAsync()).Image.Descriptor.Digest;
        var record = Directory.EnumerateFiles(_app.PathOf("cache/layers")).Single();
        var json = JsonNode.Parse(File.ReadAllText(record))!;
        json["diffId"] = Digest.Of("something else"u8).ToString();
        File.WriteAllText(record, json.ToJsonString());
        await _app.With("ContainerRepository", "another").PublishAsync();
        Assert.AreEqual(digest, LayoutImages.Read(_app.Registry, "another:latest").Descriptor.Digest);
    }

    [TestMethod]
    public async Task Many_publishes_at_once_share_a_cache_and_a_folder()
    {
        using var other = new TestApp();
        other.With("CacheFolder", _app["CacheFolder"]).With("ContainerRegistry", _app["ContainerRegistry"]).With("ContainerRepository", "other");
        var reports = await Task.WhenAll(Task.Run(_app.PublishAsync), Task.Run(other.PublishAsync));
        Assert.AreEqual(reports[0].Image.Descriptor.Digest, reports[1].Image.Descriptor.Digest);
        LayoutImages.Read(_app.Registry, "app:latest");
        LayoutImages.Read(_app.Registry, "other:latest");
        Assert.HasCount(1, _app.Blobs);
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_used_is_warned_of_and_done_without()
    {
        await _app.With("CacheFolder", $"{_app.Write("file", [])}/cache").ImageAsync();
        Expect.Sequence(_app.Reporter.Warnings.Distinct(), "CSDK8003");
    }

    public void Dispose() => _app.Dispose();
}
