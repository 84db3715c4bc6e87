namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class BlobFolderTests
{
    private static readonly byte[] Content = "the content"u8.ToArray();

    private static readonly Descriptor Blob = new(MediaTypes.OciLayer, Digest.Of(Content), Content.Length);

    [TestMethod]
    public void A_blob_lies_where_an_image_layout_has_it() =>
        Assert.AreEqual(Path.Combine("/r", "blobs", "sha256", Blob.Digest.Hex), new BlobFolder("/r").PathOf(Blob.Digest));

    [TestMethod]
    public void A_blob_that_was_written_is_there()
    {
        using var folder = new TestFolder();
        var blobs = new BlobFolder(folder.Path);
        Assert.IsFalse(blobs.Has(Blob));
        blobs.Write(Blob, Content);
        Assert.IsTrue(blobs.Has(Blob));
        CollectionAssert.AreEqual(Content, Read(blobs));
    }

    [TestMethod]
    public void A_blob_of_another_size_is_not_there_and_is_written_again()
    {
        using var folder = new TestFolder();
        var blobs = Damaged(folder, Content[..^1]);
        Assert.IsFalse(blobs.Has(Blob));
        blobs.Write(Blob, Content);
        CollectionAssert.AreEqual(Content, Read(blobs));
    }

    [TestMethod]
    public void A_blob_that_is_cut_off_is_found()
    {
        using var folder = new TestFolder();
        var blobs = Damaged(folder, Content[..^1]);
        Expect.Failure(Diagnostics.SizeMismatch, () => Read(blobs));
    }

    [TestMethod]
    public void A_blob_with_a_flipped_bit_is_found()
    {
        using var folder = new TestFolder();
        var blobs = Damaged(folder, [.. Content[..^1], (byte)(Content[^1] ^ 1)]);
        Expect.Failure(Diagnostics.DigestMismatch, () => Read(blobs));
    }

    [TestMethod]
    public void A_blob_that_is_not_there_cannot_be_opened()
    {
        using var folder = new TestFolder();
        Expect.Failure(Diagnostics.DamagedLayout, () => new BlobFolder(folder.Path).Open(Blob));
    }

    [TestMethod]
    public async Task A_copy_is_made_once()
    {
        using var folder = new TestFolder();
        var blobs = new BlobFolder(folder.Path);
        Assert.IsTrue(await blobs.CopyAsync(Blob, Source(Content), default));
        Assert.IsFalse(await blobs.CopyAsync(Blob, _ => throw new InvalidOperationException("it is not read again"), default));
        CollectionAssert.AreEqual(Content, Read(blobs));
        Assert.AreEqual(Path.GetRelativePath(folder.Path, blobs.PathOf(Blob.Digest)), folder.Names[^1]);
        Assert.HasCount(3, folder.Names);
    }

    [TestMethod]
    [DataRow(new byte[] { 1 }, "CSDK4002")]
    [DataRow(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, "CSDK4001")]
    [DataRow(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, "CSDK4002")]
    public async Task A_wrong_copy_gets_no_name_and_nothing_is_left(byte[] content, string code)
    {
        using var folder = new TestFolder();
        var blobs = new BlobFolder(folder.Path);
        var error = await Assert.ThrowsExactlyAsync<ContainerException>(() => blobs.CopyAsync(Blob, Source(content), default));
        Assert.AreEqual(code, error.Diagnostic.Code);
        Assert.AreEqual("blobs|blobs/sha256", string.Join('|', folder.Names));
    }

    [TestMethod]
    public async Task A_cancelled_copy_leaves_nothing()
    {
        using var folder = new TestFolder();
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => new BlobFolder(folder.Path).CopyAsync(Blob, async token =>
        {
            await cancelled.CancelAsync();
            return new MemoryStream(Content);
        }, cancelled.Token));
        Assert.IsFalse(folder.Names.Any(AtomicFile.IsPartial));
    }

    [TestMethod]
    public async Task Many_copies_of_one_blob_at_once_do_no_harm()
    {
        using var folder = new TestFolder();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => new BlobFolder(folder.Path).CopyAsync(Blob, Source(Content), default))));
        CollectionAssert.AreEqual(Content, Read(new BlobFolder(folder.Path)));
        Assert.IsFalse(folder.Names.Any(AtomicFile.IsPartial));
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_written_has_a_code()
    {
        using var folder = new TestFolder();
        var blobs = new BlobFolder(folder.Write("file", []));
        Expect.Failure(Diagnostics.NotWritable, () => blobs.Write(Blob, Content));
        await Expect.FailureAsync(Diagnostics.NotWritable, () => blobs.CopyAsync(Blob, Source(Content), default));
    }

    [TestMethod]
    public async Task A_full_disk_has_a_code_and_nothing_is_left()
    {
        using var disk = TinyDisk.Mount();
        var content = new byte[TinyDisk.Size + 1];
        var large = new Descriptor(MediaTypes.OciLayer, Digest.Of(content), content.Length);
        await Expect.FailureAsync(Diagnostics.DiskFull, () => new BlobFolder(disk.Path).CopyAsync(large, Source(content), default));
        Assert.IsEmpty(disk.Files);
    }

    private static BlobFolder Damaged(TestFolder folder, byte[] content)
    {
        var blobs = new BlobFolder(folder.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(blobs.PathOf(Blob.Digest))!);
        File.WriteAllBytes(blobs.PathOf(Blob.Digest), content);
        return blobs;
    }

    private static Func<CancellationToken, Task<Stream>> Source(byte[] content) => _ => Task.FromResult<Stream>(new MemoryStream(content));

    private static byte[] Read(BlobFolder blobs)
    {
        using var stream = blobs.Open(Blob);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
