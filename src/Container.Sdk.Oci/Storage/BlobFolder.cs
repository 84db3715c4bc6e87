namespace Container.Sdk.Oci;

/// <summary>
/// Blobs in a folder, each in a file named by its digest: <c>blobs/sha256/…</c> of an OCI image layout
/// (image-layout.md), and of the layer cache.
/// </summary>
/// <param name="Root">The folder that has <c>blobs</c>.</param>
public sealed record BlobFolder(string Root)
{
    /// <summary>The file of a blob.</summary>
    public string PathOf(Digest digest) => Path.Combine(Root, "blobs", digest.Algorithm, digest.Hex);

    /// <summary>Whether a blob of this size is there. Its content is checked when it is read.</summary>
    public bool Has(Descriptor blob) => new FileInfo(PathOf(blob.Digest)) is { Exists: true } file && file.Length == blob.Size;

    /// <summary>Opens a blob; the stream throws where the content is not what its digest says.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLayout"/> where it is not there.</exception>
    public Stream Open(Descriptor blob)
    {
        var path = PathOf(blob.Digest);
        try
        {
            return new VerifiedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 128 * 1024, FileOptions.SequentialScan), blob, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.DamagedLayout.Error(e, Root, $"the blob {blob.Digest} cannot be read, {e.Message}");
        }
    }

    /// <summary>Writes a blob that is in memory, where it is not there.</summary>
    /// <param name="blob">Its descriptor.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="durable">Whether it must survive a power failure.</param>
    public void Write(Descriptor blob, ReadOnlySpan<byte> bytes, bool durable = true)
    {
        if (!Has(blob)) AtomicFile.Write(PathOf(blob.Digest), bytes, durable);
    }

    /// <summary>Removes all blobs.</summary>
    /// <exception cref="ContainerException">The disk does not let us.</exception>
    public void Clear()
    {
        var blobs = Path.Combine(Root, "blobs");
        try
        {
            if (Directory.Exists(blobs)) Directory.Delete(blobs, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(Root, e);
        }
    }

    /// <summary>Copies a blob into the folder, where it is not there. The content is checked before it gets its name.</summary>
    /// <returns>Whether it was copied.</returns>
    public async Task<bool> CopyAsync(Descriptor blob, Func<CancellationToken, Task<Stream>> open, CancellationToken cancellation)
    {
        if (Has(blob)) return false;
        var path = PathOf(blob.Digest);
        var partial = AtomicFile.PartialName(path);
        try
        {
            var content = await open(cancellation).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var verified = new VerifiedStream(content, blob, Root);
                await using (verified.ConfigureAwait(false))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
                    await using (file.ConfigureAwait(false))
                    {
                        await verified.CopyToAsync(file, 128 * 1024, cancellation).ConfigureAwait(false);
                        file.Flush(flushToDisk: true);
                    }
                }
            }
            AtomicFile.Rename(partial, path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(path, e);
        }
        finally
        {
            AtomicFile.TryDelete(partial);
        }
    }
}
