namespace Container.Sdk.Oci.Tests.Archives;

[TestClass]
public sealed class CompressedArchiveTests
{
    [TestMethod]
    public async Task An_archive_that_was_compressed_is_read_and_leaves_nothing_behind()
    {
        using var folder = new TestFolder();
        using var temporary = new TestFolder();
        var image = SampleImage.Create();
        folder.Write("a.tar.gz", SampleImage.Gzip(await SampleImage.WriteAsync(image)));
        using (var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar.gz"], ImageFormat.Oci), temporary.Path))
        {
            var read = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
            CollectionAssert.AreEqual(await SampleImage.ReadAsync(image.Layers[1]), await SampleImage.ReadAsync(read.Layers[1]));
            // Elsewhere the file has no name from the start, and goes even when the process is killed.
            if (!OperatingSystem.IsWindows()) Assert.IsEmpty(temporary.Names);
        }
        Assert.IsEmpty(temporary.Names);
    }

    [TestMethod]
    public async Task One_that_is_cut_off_anywhere_is_refused()
    {
        using var folder = new TestFolder();
        var whole = SampleImage.Gzip(await SampleImage.WriteAsync(SampleImage.Create()));
        for (var length = whole.Length - 1; length > 2; length -= length > whole.Length - 20 ? 1 : 37)
        {
            folder.Write("a.tar.gz", whole[..length]);
            Assert.AreEqual(Diagnostics.DamagedArchive, (await RefusedAsync(folder["a.tar.gz"])).Diagnostic, $"cut at {length}");
        }
    }

    [TestMethod]
    public async Task One_with_bytes_behind_its_end_is_refused()
    {
        using var folder = new TestFolder();
        var whole = SampleImage.Gzip(await SampleImage.WriteAsync(SampleImage.Create()));
        foreach (var more in new byte[][] { [0], [1, 2, 3], [0x1F, 0x8B], whole[^8..] })
        {
            folder.Write("a.tar.gz", [.. whole, .. more]);
            Assert.AreEqual(Diagnostics.DamagedArchive, (await RefusedAsync(folder["a.tar.gz"])).Diagnostic, $"{more.Length} bytes");
        }
    }

    [TestMethod]
    public async Task One_of_several_members_is_read()
    {
        using var folder = new TestFolder();
        var image = SampleImage.Create();
        var plain = await SampleImage.WriteAsync(image);
        folder.Write("a.tar.gz", [.. SampleImage.Gzip(plain[..700]), .. SampleImage.Gzip(plain[700..])]);
        using var source = new ArchiveImageSource(new ArchiveReference(folder["a.tar.gz"], ImageFormat.Oci));
        Assert.AreEqual(image.Descriptor.Digest, (await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None)).Descriptor.Digest);
    }

    [TestMethod]
    public async Task One_that_expands_without_measure_is_refused_before_it_fills_the_disk()
    {
        using var folder = new TestFolder();
        folder.Write("a.tar.gz", SampleImage.Gzip(new byte[40 << 20]));
        Assert.Contains("expands to more than", (await RefusedAsync(folder["a.tar.gz"])).Message);
    }

    private static async Task<ContainerException> RefusedAsync(string file)
    {
        using var source = new ArchiveImageSource(new ArchiveReference(file, ImageFormat.Oci));
        return await Assert.ThrowsExactlyAsync<ContainerException>(() => source.ResolveAsync(SampleImage.Amd64, CancellationToken.None));
    }
}
