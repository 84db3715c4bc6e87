namespace Container.Sdk.Oci;

/// <summary>
/// An image in an archive: a tar of an OCI image layout, or the output of <c>docker save</c> of any age. Nothing is
/// extracted; the layers are read where they lie. The images that come from it can be read until it is disposed of.
/// </summary>
public sealed class ArchiveImageSource : IImageSource, IDisposable
{
    private readonly ArchiveReference _reference;
    private readonly string _temporaryFolder;
    private ArchiveFile? _file;

    /// <summary>An image in a file.</summary>
    /// <param name="reference">The file, and its layout.</param>
    /// <param name="temporaryFolder">Where an archive that is compressed as a whole is expanded; the system's by default.</param>
    public ArchiveImageSource(ArchiveReference reference, string? temporaryFolder = null) =>
        (_reference, _temporaryFolder) = (reference, temporaryFolder ?? Path.GetTempPath());

    /// <summary>
    /// An image in an archive that <paramref name="write"/> writes, as an engine does. It has a file without a name
    /// until the source is disposed of.
    /// </summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="format">Its layout.</param>
    /// <param name="write">Writes the archive.</param>
    /// <param name="temporaryFolder">Where the file lies; the system's by default.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedArchive"/>, or the file cannot be written.</exception>
    public static async Task<ArchiveImageSource> ReceiveAsync(
        string name, ImageFormat format, Func<Stream, CancellationToken, Task> write, string? temporaryFolder, CancellationToken cancellation)
    {
        var source = new ArchiveImageSource(new ArchiveReference(name, format), temporaryFolder);
        source._file = await ArchiveFile.ReceiveAsync(name, source._temporaryFolder, write, cancellation).ConfigureAwait(false);
        return source;
    }

    /// <inheritdoc/>
    public async Task<Image> ResolveAsync(Platform platform, CancellationToken cancellation)
    {
        _file ??= await ArchiveFile.OpenAsync(_reference.File, _temporaryFolder, cancellation).ConfigureAwait(false);
        return _reference.Format == ImageFormat.Oci
            ? await new OciArchiveReader(_file).ReadAsync(platform, cancellation).ConfigureAwait(false)
            : await new DockerArchiveReader(_file).ReadAsync(platform, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose() => _file?.Dispose();
}
