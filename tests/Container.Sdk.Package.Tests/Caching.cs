namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class Caching
{
    private readonly Sandbox _sandbox = new Sandbox().BuiltConsole();

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void An_unchanged_layer_is_not_packed_again()
    {
        _sandbox.PublishBuilt().Succeeded();
        var (first, written) = (ApplicationLayer(), WrittenAt());
        _sandbox.PublishBuilt("-p:ContainerRepository=another").Succeeded();
        var second = ApplicationLayer();
        Assert.AreEqual(("packed", "cache"), (first.From, second.From));
        Assert.AreEqual(first.Digest, second.Digest);
        Expect.Sequence(WrittenAt(), written);
    }

    [TestMethod]
    public void Another_project_with_the_same_files_packs_nothing()
    {
        _sandbox.PublishBuilt().Succeeded();
        using var other = new Sandbox().BuiltConsole();
        other.PublishBuilt($"-p:ContainerCacheDirectory={Path.Combine(_sandbox.Cache, "container-sdk")}").Succeeded();
        Assert.AreEqual("cache", (string?)other.Result("app")["layers"]![0]!["from"]);
        Assert.AreEqual((string?)_sandbox.Result("app")["digest"], (string?)other.Result("app")["digest"]);
        Assert.AreEqual(0, other.PackedLayers());
    }

    [TestMethod]
    public void A_changed_mode_is_another_layer_and_a_changed_time_is_not()
    {
        _sandbox.BuiltContent("""<ItemGroup><None Include="file.txt" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""").Write("app/file.txt", "echo");
        _sandbox.PublishBuilt().Succeeded();
        File.SetLastWriteTimeUtc(_sandbox.PathOf("app/file.txt"), DateTime.UtcNow.AddDays(1));
        _sandbox.PublishBuilt().Succeeded();
        Assert.AreEqual("cache", ApplicationLayer().From);
        _sandbox.Write("app/file.txt", "#!sh");
        File.SetLastWriteTimeUtc(_sandbox.PathOf("app/file.txt"), DateTime.UtcNow.AddDays(2));
        _sandbox.PublishBuilt().Succeeded();
        Assert.AreEqual("packed", ApplicationLayer().From);
        LayoutImages.Read(_sandbox.Registry, "app:latest");
    }

    [TestMethod]
    public void Switched_off_it_is_not_written()
    {
        _sandbox.PublishBuilt("-p:ContainerCacheMode=Off").Succeeded();
        Assert.AreEqual(0, _sandbox.PackedLayers());
        LayoutImages.Read(_sandbox.Registry, "app:latest");
    }

    [TestMethod]
    public void Switched_off_it_is_not_read()
    {
        _sandbox.PublishBuilt().Succeeded();
        _sandbox.PublishBuilt("-p:ContainerCacheMode=off", "-p:ContainerRepository=another").Succeeded();
        Assert.AreEqual("packed", ApplicationLayer().From);
    }

    [TestMethod]
    public void Read_only_it_is_used_and_stays_as_it_is()
    {
        _sandbox.PublishBuilt().Succeeded();
        _sandbox.PublishBuilt("-p:ContainerCacheMode=ReadOnly", "-p:ContainerRepository=another").Succeeded();
        Assert.AreEqual("cache", ApplicationLayer().From);

        Change();
        _sandbox.PublishBuilt("-p:ContainerCacheMode=ReadOnly").Succeeded();
        Assert.AreEqual("packed", ApplicationLayer().From);
        Assert.AreEqual(1, _sandbox.PackedLayers());
        Assert.Contains("app/new.txt", LayoutImages.OwnFiles(LayoutImages.Read(_sandbox.Registry, "app:latest")));
    }

    [TestMethod]
    public void What_was_not_used_for_long_goes_when_it_is_full()
    {
        _sandbox.Write("app/large.bin", "").BuiltContent("""<ItemGroup><None Include="large.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
        var bytes = new byte[2 << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_sandbox.PathOf("app/large.bin"), bytes);
        _sandbox.PublishBuilt("-p:ContainerCacheMaxSize=1").Succeeded();
        var old = Blobs().MaxBy(b => new FileInfo(b).Length)!;
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));

        Change();
        _sandbox.PublishBuilt("-p:ContainerCacheMaxSize=1").Succeeded();
        Assert.IsFalse(File.Exists(old));
        Assert.IsNotEmpty(Blobs(), "What was used a moment ago stays.");
        LayoutImages.Read(_sandbox.Registry, "app:latest");
    }

    private void Change() =>
        _sandbox.Write("app/new.txt", "new").BuiltContent("""<ItemGroup><None Include="new.txt" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");

    private (string From, string Digest) ApplicationLayer()
    {
        var layer = _sandbox.Result("app")["layers"]![0]!;
        return ((string)layer["from"]!, (string)layer["digest"]!);
    }

    private string[] Blobs() => Directory.GetFiles(Path.Combine(_sandbox.Cache, "container-sdk", "blobs", "sha256"));

    private string Blob() => Blobs().Single();

    // A blob that is packed again is a new file.
    private string[] WrittenAt() => [.. Command.Run("stat", ["--format=%i %n", Blob()]).Succeeded().Output.Split('\n')];
}
