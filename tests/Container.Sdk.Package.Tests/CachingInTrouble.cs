using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class CachingInTrouble
{
    private readonly Sandbox _sandbox = new Sandbox(cold: true).BuiltConsole();

    private string Blobs => Path.Combine(_sandbox.Cache, "container-sdk", "blobs", "sha256");

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_damaged_blob_is_packed_again(bool sameSize)
    {
        var digest = _sandbox.BuiltImage().Descriptor.Digest;
        var blob = Directory.EnumerateFiles(Blobs).Single();
        var bytes = File.ReadAllBytes(blob);
        bytes[bytes.Length / 2] ^= 0xFF;
        File.WriteAllBytes(blob, sameSize ? bytes : bytes[..(bytes.Length / 2)]);

        _sandbox.PublishBuilt("-p:ContainerRepository=another").Succeeded();
        Assert.AreEqual("packed", (string?)_sandbox.Result("app")["layers"]![0]!["from"]);
        Assert.AreEqual(digest, LayoutImages.Read(_sandbox.Registry, "another:latest").Descriptor.Digest);
    }

    [TestMethod]
    public void A_damaged_record_is_not_believed()
    {
        var digest = _sandbox.BuiltImage().Descriptor.Digest;
        var record = Directory.EnumerateFiles(Path.Combine(_sandbox.Cache, "container-sdk", "layers")).Single();
        var json = JsonNode.Parse(File.ReadAllText(record))!;
        json["diffId"] = Digest.Of("something else"u8).ToString();
        File.WriteAllText(record, json.ToJsonString());

        _sandbox.PublishBuilt("-p:ContainerRepository=another").Succeeded();
        Assert.AreEqual(digest, LayoutImages.Read(_sandbox.Registry, "another:latest").Descriptor.Digest);
    }

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
    public async Task Many_publishes_at_once_share_a_folder()
    {
        using var other = new Sandbox(cold: true).BuiltConsole();
        var folder = $"-p:ContainerRegistry=oci:{_sandbox.Registry}";
        var publishes = await Task.WhenAll(Task.Run(() => _sandbox.PublishBuilt(folder, "-p:ContainerRepository=one")), Task.Run(() => other.PublishBuilt(folder, "-p:ContainerRepository=two")));
        foreach (var publish in publishes) publish.Succeeded();
        LayoutImages.Read(_sandbox.Registry, "one:latest");
        LayoutImages.Read(_sandbox.Registry, "two:latest");
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

    [TestMethod]
    public void A_folder_that_cannot_be_used_is_warned_of_and_done_without()
    {
        var file = _sandbox.Write("file", "no folder").PathOf("file");
        _sandbox.PublishBuilt($"-p:ContainerCacheDirectory={file}/cache").WarnedWith("CSDK8003");
        LayoutImages.Read(_sandbox.Registry, "app:latest");
    }

    [TestMethod]
    public void A_disk_that_is_read_only_is_warned_of_and_done_without()
    {
        using var disk = new TemporaryDisk("ro");
        _sandbox.PublishBuilt($"-p:ContainerCacheDirectory={disk.Folder}").WarnedWith("CSDK8003");
        LayoutImages.Read(_sandbox.Registry, "app:latest");
    }

    [TestMethod]
    public void A_disk_that_is_full_is_an_error_and_leaves_nothing()
    {
        WithLargeFile(4);
        using var disk = new TemporaryDisk("size=1m");
        _sandbox.PublishBuilt($"-p:ContainerCacheDirectory={disk.Folder}").RefusedWith("CSDK8002");
        // The small layer had room, and is whole.
        Assert.IsEmpty(Directory.EnumerateFiles(disk.Folder, "*", SearchOption.AllDirectories).Where(AtomicFile.IsPartial));
        Assert.IsFalse(Directory.Exists(_sandbox.Registry));
    }

    private void WithLargeFile(int megabytes)
    {
        var bytes = new byte[megabytes << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_sandbox.PathOf("app/large.bin"), bytes);
        _sandbox.BuiltContent("""<ItemGroup><None Include="large.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
    }
}
