namespace Container.Sdk.Oci;

/// <summary>
/// Writes an image to a file, as <see cref="ArchiveWriter"/> does. The file is complete or as it was before: it is
/// written beside its place under another name, and then renamed.
/// </summary>
/// <param name="path">The file, absolute; see <see cref="ArchiveTarget.File"/>.</param>
/// <param name="repository">The name that the image gets.</param>
/// <param name="tags">The tags that the image gets.</param>
/// <param name="format">
/// The format that the image must have. The layout of the file is the same for both; but skopeo finds an image by its
/// name in an <c>oci-archive:</c> only where its manifest is OCI's, so that Docker's is for those who ask for it.
/// </param>
public sealed class ArchiveImageDestination(
    string path, RepositoryName repository, IReadOnlyList<Tag> tags, ImageFormat format = ImageFormat.Oci) : IImageDestination
{
    /// <inheritdoc/>
    public string Name => new ArchiveReference(path, format).ToString();

    /// <inheritdoc/>
    public ImageFormat? RequiredFormat => format;

    /// <inheritdoc/>
    public Task<Image?> PrepareAsync(IReporter reporter, CancellationToken cancellation)
    {
        if (Directory.Exists(path)) throw Diagnostics.NotWritable.Error(path, "it is a folder");
        Writability.Check(Path.GetDirectoryName(path)!);
        return Task.FromResult<Image?>(null);
    }

    /// <inheritdoc/>
    public async Task<Delivery> DeliverAsync(Image image, IReporter reporter, CancellationToken cancellation)
    {
        var partial = AtomicFile.PartialName(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var written = await WriteAsync(partial, image, reporter, cancellation).ConfigureAwait(false);
            AtomicFile.Rename(partial, path);
            return new Delivery([.. image.Layers.Select(_ => Transfer.Sent)], written, 0, path);
        }
        catch (Exception e)
        {
            AtomicFile.TryDelete(partial);
            if (e is IOException or UnauthorizedAccessException) throw AtomicFile.Failure(path, e);
            throw;
        }
    }

    private async Task<long> WriteAsync(string partial, Image image, IReporter reporter, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        var written = await ArchiveWriter.WriteAsync(new AppendStream(file, path), image, repository, tags, reporter, cancellation).ConfigureAwait(false);
        // Otherwise the name could reach the disk before the content, and a power cut leave an empty file in its place.
        RandomAccess.FlushToDisk(file);
        return written;
    }
}
