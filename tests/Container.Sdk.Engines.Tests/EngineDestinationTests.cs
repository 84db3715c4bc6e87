namespace Container.Sdk.Engines.Tests;

[TestClass]
public sealed class EngineDestinationTests
{
    private static readonly Image Sample = SampleImage.Create();
    private static readonly string Load = "'load --quiet') /bin/cat >\"$FAKE/loaded.tar\"; echo x >\"$FAKE/loaded\";;";

    [TestMethod]
    public async Task An_image_that_the_engine_lacks_is_loaded_under_all_of_its_tags()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Inspect("docker.io/", Sample.Manifest.Config.Digest.ToString()), Load);
        var delivery = await To(engines).DeliverAsync(Sample, new SilentReporter(), CancellationToken.None);

        Expect.Sequence(delivery.Layers, Transfer.Sent, Transfer.Sent);
        Assert.AreEqual(new FileInfo(engines.Folder["loaded.tar"]).Length, delivery.BytesSent);
        CollectionAssert.AreEqual(await SampleImage.WriteAsync(Sample), File.ReadAllBytes(engines.Folder["loaded.tar"]));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task An_image_that_the_engine_has_is_not_sent(bool containerd)
    {
        var id = containerd ? Sample.Descriptor.Digest : Sample.Manifest.Config.Digest;
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Inspect("docker.io/", id.ToString()), Load);
        await File.WriteAllTextAsync(engines.Folder["loaded"], "");
        var delivery = await To(engines).DeliverAsync(Sample, new SilentReporter(), CancellationToken.None);
        Expect.Sequence(delivery.Layers, Transfer.Reused, Transfer.Reused);
        Assert.AreEqual(0, delivery.BytesSent);
        Assert.IsFalse(File.Exists(engines.Folder["loaded.tar"]));
    }

    [TestMethod]
    public async Task Where_one_tag_is_another_image_all_is_sent()
    {
        var id = Sample.Manifest.Config.Digest;
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Load,
            $"'image inspect'*) echo {id}; if [ -e \"$FAKE/loaded\" ]; then echo {id}; else echo sha256:other; fi;;");
        Expect.Sequence((await To(engines).DeliverAsync(Sample, new SilentReporter(), CancellationToken.None)).Layers, Transfer.Sent, Transfer.Sent);
        Assert.IsTrue(File.Exists(engines.Folder["loaded"]));
    }

    [TestMethod]
    public async Task Podman_gets_dockers_list_alone_and_is_asked_for_its_own_names()
    {
        using var engines = new FakeEngines().Add("podman", FakeEngines.Podman, Inspect("localhost/", Sample.Manifest.Config.Digest.Hex), Load);
        await To(engines).DeliverAsync(Sample, new SilentReporter(), CancellationToken.None);

        using var oci = new ArchiveImageSource(new ArchiveReference(engines.Folder["loaded.tar"], ImageFormat.Oci));
        await Assert.ThrowsExactlyAsync<ContainerException>(() => oci.ResolveAsync(SampleImage.Amd64, CancellationToken.None));
        using var docker = new ArchiveImageSource(new ArchiveReference(engines.Folder["loaded.tar"], ImageFormat.Docker));
        Assert.AreEqual(Sample.Manifest.Config.Digest, (await docker.ResolveAsync(SampleImage.Amd64, CancellationToken.None)).Manifest.Config.Digest);
    }

    [TestMethod]
    public async Task An_engine_that_fails_is_quoted()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, "'image inspect'*) exit 1;;", "load*) /bin/cat >/dev/null; echo 'no space left on device' >&2; exit 1;;");
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(engines).DeliverAsync(Sample, new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.EngineFailed, e.Diagnostic);
        Assert.AreEqual("docker failed to load the image: no space left on device.", e.Message);
    }

    [TestMethod]
    public async Task An_engine_that_stops_reading_is_quoted_too()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, "'image inspect'*) exit 1;;", "load*) echo 'permission denied' >&2; exit 1;;");
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(engines).DeliverAsync(Large(), new SilentReporter(), CancellationToken.None));
        Assert.Contains("permission denied", e.Message);
    }

    [TestMethod]
    public async Task An_engine_that_hangs_is_given_up()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, "'image inspect'*) exit 1;;", "load*) exec /bin/sleep 60;;");
        var destination = new EngineImageDestination(engines.Options with { TransferLimit = TimeSpan.FromSeconds(1) }, SampleImage.Repository, SampleImage.Tags);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => destination.DeliverAsync(Large(), new SilentReporter(), CancellationToken.None));
        Assert.AreEqual("docker failed to load the image: it did not end within 1 s.", e.Message);
    }

    [TestMethod]
    public async Task An_engine_that_keeps_another_image_than_the_one_it_got_is_noticed()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Inspect("docker.io/", "sha256:other"), Load);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(engines).DeliverAsync(Sample, new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.EngineFailed, e.Diagnostic);
        Assert.Contains("after loading it is sha256:other", e.Message);
    }

    [TestMethod]
    public async Task A_damaged_layer_is_reported_as_such_and_the_engine_never_gets_a_whole_archive()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, "'image inspect'*) exit 1;;", Load);
        var damaged = Sample with { Layers = [Sample.Layers[0], Sample.Layers[1] with { Content = new MemoryBlob(new byte[Sample.Layers[1].Descriptor.Size], Sample.Layers[1].Descriptor) }] };
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(engines).DeliverAsync(damaged, new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.DigestMismatch, e.Diagnostic);
        Assert.IsFalse(File.Exists(engines.Folder["loaded"]));
    }

    [TestMethod]
    public async Task To_prepare_asks_whether_an_engine_answers()
    {
        using var engines = new FakeEngines();
        Assert.AreEqual(Diagnostics.NoEngine, (await Assert.ThrowsExactlyAsync<ContainerException>(() => To(engines).PrepareAsync(new SilentReporter(), CancellationToken.None))).Diagnostic);
        engines.Add("docker", FakeEngines.Docker);
        Assert.IsNull(await To(engines).PrepareAsync(new SilentReporter(), CancellationToken.None));
    }

    private static EngineImageDestination To(FakeEngines engines) => new(engines.Options, SampleImage.Repository, SampleImage.Tags);

    // More than a pipe holds.
    private static Image Large()
    {
        var content = new byte[1 << 20];
        new Random(1).NextBytes(content);
        return SampleImage.FromLayers(ImageFormat.Oci, SampleImage.Amd64, [content]);
    }

    // The image is there under both names as soon as it was loaded.
    private static string Inspect(string prefix, string id) =>
        $"'image inspect --format {{{{.Id}}}} -- {prefix}team/app:1.0 {prefix}team/app:latest') [ -e \"$FAKE/loaded\" ] || exit 1; echo {id}; echo {id};;";
}
