namespace Container.Sdk.Oci;

/// <summary>
/// Writes an image to a file, as <see cref="ArchiveWriter"/> does. The file is complete or as it was before: it is
/// written beside its place under another name, and then renamed.
/// </summary>
/// <param name="path">The file, absolute; see <see cref="ResolvePath"/>.</param>
/// <param name="repository">The name that the image gets.</param>
/// <param name="tags">The tags that the image gets.</param>
/// <param name="reporter">Told about large layers.</param>
/// <param name="format">
/// The format that the image must have. The layout of the file is the same for both; but skopeo finds an image by its
/// name in an <c>oci-archive:</c> only where its manifest is OCI's, so that Docker's is for those who ask for it.
/// </param>
public sealed class ArchiveImageDestination(
    string path, RepositoryName repository, IReadOnlyList<Tag> tags, IReporter reporter, ImageFormat format = ImageFormat.Oci) : IImageDestination
{
    /// <summary>
    /// The file that <c>ContainerArchiveOutputPath</c> means: in a folder it is named after the repository. The name
    /// ends in <c>.tar.gz</c> although the file is a plain tar, because the in-box SDK's does, and scripts look for it.
    /// </summary>
    public static string ResolvePath(string path, RepositoryName repository) =>
        Path.EndsInDirectorySeparator(path) || Directory.Exists(path) ? Path.Combine([path, .. $"{repository}.tar.gz".Split('/')]) : path;

    /// <inheritdoc/>
    public string Name => new ArchiveReference(path, format).ToString();

    /// <inheritdoc/>
    public ImageFormat? RequiredFormat => format;

    /// <inheritdoc/>
    public Task<Image?> PrepareAsync(CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is { Length: > 0 } && !Path.Exists(folder)) folder = Path.GetDirectoryName(folder);
        if (string.IsNullOrEmpty(folder)) throw Diagnostics.NotWritable.Error(path, "it has no folder that exists");
        try
        {
            if (Directory.Exists(path)) throw new IOException("it is a folder");
            if (File.Exists(folder)) throw new IOException($"'{folder}' is a file");
            var probe = Beside(Path.Combine(folder, "probe"));
            File.OpenHandle(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.WhileWriting(e, path);
        }
        return Task.FromResult<Image?>(null);
    }

    /// <inheritdoc/>
    public async Task<Delivery> DeliverAsync(Image image, CancellationToken cancellation)
    {
        var unfinished = Beside(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var written = await WriteAsync(unfinished, image, cancellation).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
            return new Delivery([.. image.Layers.Select(_ => Transfer.Sent)], written, 0, path);
        }
        catch (Exception e)
        {
            Remove(unfinished);
            if (e is IOException or UnauthorizedAccessException) throw FileErrors.WhileWriting(e, path);
            throw;
        }
    }

    private async Task<long> WriteAsync(string unfinished, Image image, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        var written = await ArchiveWriter.WriteAsync(new AppendStream(file, path), image, repository, tags, reporter, cancellation).ConfigureAwait(false);
        // Otherwise the name could reach the disk before the content, and a power cut leave an empty file in its place.
        RandomAccess.FlushToDisk(file);
        return written;
    }

    private static string Beside(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what the user is to read.
        }
    }
}
