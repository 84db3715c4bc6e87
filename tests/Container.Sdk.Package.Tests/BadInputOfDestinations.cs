namespace Container.Sdk.Package.Tests;

/// <summary>A place that cannot take the image says so before anything is packed, and keeps what it had.</summary>
[TestClass]
public sealed class BadInputOfDestinations
{
    private readonly Sandbox _sandbox = new Sandbox().BuiltConsole();

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void A_folder_below_a_file_is_refused() => Refused("CSDK8001", $"-p:ContainerRegistry=oci:{_sandbox.Write("file", "").PathOf("file")}/images");

    [TestMethod]
    public void An_archive_below_a_file_is_refused() => Refused("CSDK8001", $"-p:ContainerArchiveOutputPath={_sandbox.Write("file", "").PathOf("file")}/app.tar");

    [TestMethod]
    public void A_folder_that_holds_other_files_is_refused_and_left_alone()
    {
        _sandbox.Write("other/precious.txt", "keep me");
        Refused("CSDK4005", $"-p:ContainerRegistry=oci:{_sandbox.PathOf("other")}");
        Expect.Sequence(Directory.EnumerateFileSystemEntries(_sandbox.PathOf("other")).Select(f => Path.GetFileName(f)!), "precious.txt");
    }

    [TestMethod]
    public void A_folder_on_a_disk_that_is_read_only_is_refused()
    {
        using var disk = new TemporaryDisk("ro");
        Refused("CSDK8001", $"-p:ContainerRegistry=oci:{disk.Folder}/images");
    }

    [TestMethod]
    public void An_archive_on_a_disk_that_is_read_only_is_refused()
    {
        using var disk = new TemporaryDisk("ro");
        Refused("CSDK8001", $"-p:ContainerArchiveOutputPath={disk.Folder}/app.tar");
    }

    [TestMethod]
    public void On_a_full_disk_a_folder_keeps_the_image_that_it_had()
    {
        using var disk = new TemporaryDisk("size=2m");
        var folder = $"-p:ContainerRegistry=oci:{disk.Folder}/images";
        _sandbox.PublishBuilt(folder).Succeeded();
        var before = LayoutImages.Read($"{disk.Folder}/images", "app:latest").Descriptor.Digest;
        WithLargeFile();
        _sandbox.PublishBuilt(folder).RefusedWith("CSDK8002");
        Assert.AreEqual(before, LayoutImages.Read($"{disk.Folder}/images", "app:latest").Descriptor.Digest);
        Assert.IsFalse(Directory.EnumerateFiles(disk.Folder, "*.partial", SearchOption.AllDirectories).Any());
    }

    [TestMethod]
    public void On_a_full_disk_an_archive_stays_as_it_was()
    {
        using var disk = new TemporaryDisk("size=2m");
        var archive = Path.Combine(disk.Folder, "app.tar");
        File.WriteAllText(archive, "an older archive");
        WithLargeFile();
        _sandbox.PublishBuilt($"-p:ContainerArchiveOutputPath={archive}").RefusedWith("CSDK8002");
        Assert.AreEqual("an older archive", File.ReadAllText(archive));
        Assert.HasCount(1, Directory.EnumerateFileSystemEntries(disk.Folder));
    }

    [TestMethod]
    public void A_registry_that_does_not_answer_is_an_error_that_may_pass()
    {
        Refused("CSDK3001", $"-p:ContainerRegistry=127.0.0.1:{RecordingProxy.FreePort()}");
        Assert.IsTrue((bool)_sandbox.Failure()["retryMayHelp"]!);
    }

    [TestMethod]
    public void An_engine_that_does_not_answer_is_an_error()
    {
        _sandbox.Environment["DOCKER_HOST"] = $"unix://{_sandbox.PathOf("nobody.sock")}";
        var programs = Directory.CreateDirectory(_sandbox.PathOf("programs")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "docker"), Testbed.ToolPath("docker"));
        _sandbox.Environment["PATH"] = programs;
        Refused("CSDK9001", "-p:ContainerRegistry=");
    }

    [TestMethod]
    public void A_machine_without_an_engine_is_an_error()
    {
        _sandbox.Environment["PATH"] = Directory.CreateDirectory(_sandbox.PathOf("programs")).FullName;
        Refused("CSDK9001", "-p:ContainerRegistry=");
    }

    [TestMethod]
    public void An_engine_that_nobody_knows_is_refused() => Refused("CSDK1007", "-p:ContainerRegistry=", "-p:ContainerEngine=wharf");

    private void WithLargeFile()
    {
        var bytes = new byte[4 << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_sandbox.PathOf("app/large.bin"), bytes);
        _sandbox.BuiltContent("""<ItemGroup><None Include="large.bin" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");
    }

    private void Refused(string code, params string[] arguments)
    {
        _sandbox.PublishBuilt(arguments).RefusedWith(code);
        Assert.AreEqual(code, (string?)_sandbox.Failure()["code"]);
        Assert.AreEqual(0, _sandbox.PackedLayers());
    }
}
