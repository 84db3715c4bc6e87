namespace Container.Sdk.Oci.Tests.Archives;

[TestClass]
public sealed class ArchiveDestinationTests
{
    [TestMethod]
    public async Task Missing_folders_are_made_and_nothing_but_the_archive_is_in_them()
    {
        using var folder = new TestFolder();
        var image = SampleImage.Create();
        var delivery = await To(folder["a/b/c.tar"]).DeliverAsync(image, new SilentReporter(), CancellationToken.None);

        Expect.Sequence(folder.Names, "a", "a/b", "a/b/c.tar");
        Assert.AreEqual(folder["a/b/c.tar"], delivery.ArchivePath);
        Assert.AreEqual(new FileInfo(folder["a/b/c.tar"]).Length, delivery.BytesSent);
        Expect.Sequence(delivery.Layers, Transfer.Sent, Transfer.Sent);
    }

    [TestMethod]
    public async Task An_archive_in_its_place_is_replaced()
    {
        using var folder = new TestFolder();
        folder.Write("a.tar", new byte[100_000]);
        await To(folder["a.tar"]).DeliverAsync(SampleImage.Create(), new SilentReporter(), CancellationToken.None);
        CollectionAssert.AreEqual(await SampleImage.WriteAsync(SampleImage.Create()), File.ReadAllBytes(folder["a.tar"]));
    }

    [TestMethod]
    public async Task Where_a_layer_is_damaged_the_old_archive_stays_and_nothing_else_is_left()
    {
        using var folder = new TestFolder();
        folder.Write("a.tar", [1, 2, 3]);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(folder["a.tar"]).DeliverAsync(WithDamagedLayer(), new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.DigestMismatch, e.Diagnostic);
        Expect.Sequence<byte>(File.ReadAllBytes(folder["a.tar"]), 1, 2, 3);
        Expect.Sequence(folder.Names, "a.tar");
    }

    [TestMethod]
    public async Task A_layer_whose_source_forgets_to_check_it_is_checked_all_the_same()
    {
        using var folder = new TestFolder();
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(folder["a.tar"]).DeliverAsync(WithDamagedLayer(verified: false), new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.DigestMismatch, e.Diagnostic);
        Assert.IsEmpty(folder.Names);
    }

    [TestMethod]
    public async Task After_it_was_stopped_nothing_is_left()
    {
        using var folder = new TestFolder();
        using var stop = new CancellationTokenSource();
        var image = SampleImage.Create();
        var stopping = new StoppingBlob(stop, image.Layers[1].Content);
        var delivery = To(folder["a.tar"]).DeliverAsync(image with { Layers = [image.Layers[0], image.Layers[1] with { Content = stopping }] }, new SilentReporter(), stop.Token);
        await Assert.ThrowsAsync<OperationCanceledException>(() => delivery);
        Assert.IsEmpty(folder.Names);
    }

    [TestMethod]
    public async Task To_prepare_leaves_nothing_and_makes_no_folders()
    {
        using var folder = new TestFolder();
        Assert.IsNull(await To(folder["a/b/c.tar"]).PrepareAsync(new SilentReporter(), CancellationToken.None));
        Assert.IsEmpty(folder.Names);
    }

    [TestMethod]
    public async Task A_place_that_is_a_folder_is_refused_before_anything_is_made()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["a.tar"]);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(folder["a.tar"]).PrepareAsync(new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.NotWritable, e.Diagnostic);
    }

    [TestMethod]
    public async Task A_place_below_a_file_is_refused()
    {
        using var folder = new TestFolder();
        folder.Write("file", []);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(folder["file/a.tar"]).DeliverAsync(SampleImage.Create(), new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.NotWritable, e.Diagnostic);
        e = await Assert.ThrowsExactlyAsync<ContainerException>(() => To(folder["file/a.tar"]).PrepareAsync(new SilentReporter(), CancellationToken.None));
        Assert.AreEqual(Diagnostics.NotWritable, e.Diagnostic);
    }

    [TestMethod]
    [DataRow("out/", "app", "out/app.tar.gz")]
    [DataRow("out/", "team/app", "out/team/app.tar.gz")]
    [DataRow("out/image.tar", "app", "out/image.tar")]
    [DataRow("out", "app", "out")]
    public void A_path_that_ends_in_a_separator_is_a_folder(string path, string repository, string expected)
    {
        using var folder = new TestFolder();
        Assert.AreEqual(folder[expected], new ArchiveTarget(folder[path], RepositoryName.Parse(repository), [.. SampleImage.Tags]).File);
    }

    [TestMethod]
    public void A_path_that_is_a_folder_already_is_one()
    {
        using var folder = new TestFolder();
        Assert.AreEqual(folder["app.tar.gz"], new ArchiveTarget(folder.Path, RepositoryName.Parse("app"), [.. SampleImage.Tags]).File);
    }

    private static ArchiveImageDestination To(string path) => new(path, SampleImage.Repository, SampleImage.Tags);

    private static Image WithDamagedLayer(bool verified = true)
    {
        var image = SampleImage.Create();
        var bytes = new byte[image.Layers[1].Descriptor.Size];
        IBlob damaged = verified ? new MemoryBlob(bytes, image.Layers[1].Descriptor) : new UncheckedBlob(bytes);
        return image with { Layers = [image.Layers[0], image.Layers[1] with { Content = damaged }] };
    }

    private sealed class UncheckedBlob(byte[] bytes) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult<Stream>(new MemoryStream(bytes));
    }

    private sealed class StoppingBlob(CancellationTokenSource stop, IBlob content) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public async Task<Stream> OpenAsync(CancellationToken cancellation)
        {
            await stop.CancelAsync();
            return await content.OpenAsync(CancellationToken.None);
        }
    }
}
