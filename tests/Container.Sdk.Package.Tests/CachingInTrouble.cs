namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class CachingInTrouble
{
    private readonly Sandbox _sandbox = new Sandbox(cold: true).BuiltConsole();

    private string Blobs => Path.Combine(_sandbox.Cache, "container-sdk", "blobs", "sha256");

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public async Task Many_publishes_at_once_share_a_cache()
    {
        WithLargeFile(20);
        using var other = new Sandbox(cold: true);
        BuiltApp.CopyFolder(_sandbox.PathOf("app"), other.PathOf("app"));
        var cache = $"-p:ContainerCacheDirectory={Path.Combine(_sandbox.Cache, "container-sdk")}";
        var publishes = await Task.WhenAll(Task.Run(() => _sandbox.PublishBuilt(cache)), Task.Run(() => other.PublishBuilt(cache)));
        foreach (var publish in publishes) publish.Succeeded();
        Assert.AreEqual(LayoutImages.Read(_sandbox.Registry, "app:latest").Descriptor.Digest, LayoutImages.Read(other.Registry, "app:latest").Descriptor.Digest);
        Assert.AreEqual(2, _sandbox.PackedLayers());
    }

    [TestMethod]
    public void After_a_publish_that_was_killed_the_next_one_works()
    {
        WithLargeFile(80);
        using (var publish = new RunningProgram("dotnet", _sandbox.PublishBuiltCommand(), _sandbox.PathOf("app"), _sandbox.CommandEnvironment))
        {
            // In the middle of packing: a part of the layer is on the disk, under a name that nobody reads.
            publish.WaitUntil(() => Directory.Exists(Blobs) && new DirectoryInfo(Blobs).EnumerateFiles().Any(f => f.Length > 1 << 20));
            publish.Kill();
        }
        Assert.IsTrue(new DirectoryInfo(Blobs).EnumerateFiles().Where(f => f.Length > 1 << 20).All(f => AtomicFile.IsPartial(f.Name)), "It was killed too late for this test.");
        Assert.IsFalse(Directory.Exists(_sandbox.Registry));

        var image = _sandbox.BuiltImage();
        Assert.AreEqual("packed", (string?)_sandbox.Result("app")["layers"]![0]!["from"]);
        Assert.HasCount(80 << 20, image.Bytes("app/large.bin"));
    }

    private void WithLargeFile(int megabytes)
    {
        var bytes = new byte[megabytes << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_sandbox.PathOf("app/large.bin"), bytes);
        _sandbox.BuiltContent("""<ItemGroup><None Include="large.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
    }
}
