using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>
/// An image of the local engine's. The engine writes it to a file without a name, which the layers are read from until
/// the source is disposed of.
/// </summary>
/// <param name="reference">The image.</param>
/// <param name="options">Which engine.</param>
public sealed class EngineImageSource(DaemonReference reference, EngineOptions options) : IImageSource, IDisposable
{
    private ArchiveImageSource? _archive;

    /// <inheritdoc/>
    public async Task<Image> ResolveAsync(Platform platform, CancellationToken cancellation)
    {
        _archive ??= await SaveAsync(cancellation).ConfigureAwait(false);
        return await _archive.ResolveAsync(platform, cancellation).ConfigureAwait(false);
    }

    private async Task<ArchiveImageSource> SaveAsync(CancellationToken cancellation)
    {
        var name = reference.Name;
        // What starts so would be an option where an engine does not know "--".
        if (name.StartsWith('-') || name.Any(char.IsControl)) throw Diagnostics.InvalidReference.Error(reference.ToString(), "the engine's images have no such names");
        var engine = (await ContainerEngine.FindAsync(options, cancellation).ConfigureAwait(false)).WithImages();
        if (await engine.InspectAsync([name], cancellation).ConfigureAwait(false) is null) throw Diagnostics.ImageNotFound.Error(reference.ToString());
        return await ArchiveImageSource.ReceiveAsync(
            reference.ToString(), ImageFormat.Docker, (output, stop) => engine.SaveAsync(name, output, stop), options.TemporaryFolder, cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes the file.</summary>
    public void Dispose() => _archive?.Dispose();
}
