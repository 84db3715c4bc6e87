namespace Container.Sdk.Engines.Tests;

[TestClass]
public sealed class EngineSourceTests
{
    private const string Inspect = "'image inspect --format {{.Id}} -- team/app:1.0') echo sha256:1;;";
    private const string Save = "'save -- team/app:1.0') /bin/cat \"$FAKE/saved.tar\";;";

    [TestMethod]
    public async Task An_image_is_read_from_what_the_engine_saves_and_nothing_is_left()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Inspect, Save);
        var image = SampleImage.Create();
        engines.Folder.Write("saved.tar", await SampleImage.WriteAsync(image));
        using (var source = Source(engines))
        {
            var read = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
            CollectionAssert.AreEqual(image.ConfigurationBytes, read.ConfigurationBytes);
            CollectionAssert.AreEqual(await SampleImage.ReadAsync(image.Layers[1]), await SampleImage.ReadAsync(read.Layers[1]));
        }
        Assert.IsEmpty(Directory.GetFileSystemEntries(engines.Options.TemporaryFolder!));
    }

    [TestMethod]
    public async Task The_engine_saves_once_however_often_it_is_asked()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Inspect, "save*) /bin/cat \"$FAKE/saved.tar\"; echo x >>\"$FAKE/count\";;");
        engines.Folder.Write("saved.tar", await SampleImage.WriteAsync(SampleImage.Create()));
        using var source = Source(engines);
        await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        Assert.HasCount(1, File.ReadAllLines(engines.Folder["count"]));
    }

    [TestMethod]
    public async Task An_image_that_the_engine_lacks_is_named()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, "'image inspect'*) echo 'No such image' >&2; exit 1;;");
        var e = await RefusedAsync(engines);
        Assert.AreEqual(Diagnostics.ImageNotFound, e.Diagnostic);
        Assert.Contains("docker-daemon:team/app:1.0", e.Message);
    }

    [TestMethod]
    public async Task An_engine_that_fails_to_save_is_quoted()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Inspect, "save*) echo half; echo 'unexpected EOF' >&2; exit 1;;");
        var e = await RefusedAsync(engines);
        Assert.AreEqual(Diagnostics.EngineFailed, e.Diagnostic);
        Assert.Contains("unexpected EOF", e.Message);
    }

    [TestMethod]
    public async Task Half_an_archive_is_noticed_although_the_engine_says_that_all_is_well()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Inspect, Save);
        engines.Folder.Write("saved.tar", (await SampleImage.WriteAsync(SampleImage.Create()))[..5000]);
        Assert.AreEqual(Diagnostics.DamagedArchive, (await RefusedAsync(engines)).Diagnostic);
    }

    [TestMethod]
    [DataRow("--output=/etc/passwd")]
    [DataRow("a\nb")]
    public async Task A_name_that_could_be_an_option_never_reaches_the_engine(string name)
    {
        using var engines = new FakeEngines().AddScript("docker", "echo x >\"$FAKE/called\"");
        Assert.AreEqual(Diagnostics.InvalidReference, (await RefusedAsync(engines, name)).Diagnostic);
        Assert.IsFalse(File.Exists(engines.Folder["called"]));
    }

    private static EngineImageSource Source(FakeEngines engines, string name = "team/app:1.0") => new(new DaemonReference(name), engines.Options);

    private static async Task<ContainerException> RefusedAsync(FakeEngines engines, string name = "team/app:1.0")
    {
        using var source = Source(engines, name);
        return await Assert.ThrowsExactlyAsync<ContainerException>(() => source.ResolveAsync(SampleImage.Amd64, CancellationToken.None));
    }
}
