using System.Buffers;

namespace Container.Sdk.Oci;

/// <summary>
/// Writes an image as one plain tar that <c>docker load</c> of any age, <c>podman load</c>, containerd and
/// <c>skopeo copy oci-archive:</c> read. The same image under the same names gives the same bytes.
/// </summary>
public static class ArchiveWriter
{
    private const int BufferSize = 128 * 1024;
    private const long LargeLayer = 32 << 20;

    /// <summary>Writes the archive to any stream, in order, with no more in memory than a buffer and the documents.</summary>
    /// <param name="output">Where it goes; it stays open.</param>
    /// <param name="image">The image. Its layers are checked while they are copied.</param>
    /// <param name="repository">The name that the image gets.</param>
    /// <param name="tags">The tags that the image gets.</param>
    /// <param name="reporter">Told about large layers.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="withIndex">
    /// <c>false</c>: Docker's list only. Podman takes what it has read by the index for an image from elsewhere, and
    /// what it has read by the list for one made here (<c>localhost/</c>); which of them depends on the number of tags.
    /// </param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ContainerException">A layer is damaged; what was written so far is no archive.</exception>
    public static async Task<long> WriteAsync(
        Stream output, Image image, RepositoryName repository, IReadOnlyList<Tag> tags, IReporter reporter, CancellationToken cancellation,
        bool withIndex = true)
    {
        var tar = new Tar(output, cancellation);
        // The small documents come first: a reader of a stream knows what the blobs are before they come.
        if (withIndex)
        {
            await tar.AddAsync(ArchiveNames.Layout, ArchiveDocuments.Layout).ConfigureAwait(false);
            await tar.AddAsync(ArchiveNames.Index, ArchiveDocuments.Index(image, repository, tags)).ConfigureAwait(false);
        }
        await tar.AddAsync(ArchiveNames.Manifest, ArchiveDocuments.Manifest(image, repository, tags)).ConfigureAwait(false);

        var digests = image.Layers.Select(l => l.Descriptor.Digest).Prepend(image.Manifest.Config.Digest).Prepend(image.Descriptor.Digest);
        await tar.AddFolderAsync("blobs/").ConfigureAwait(false);
        foreach (var algorithm in digests.Select(d => d.Algorithm).Distinct().Order(StringComparer.Ordinal))
            await tar.AddFolderAsync($"blobs/{algorithm}/").ConfigureAwait(false);

        await tar.AddAsync(ArchiveNames.Blob(image.Descriptor.Digest), image.ManifestBytes).ConfigureAwait(false);
        await tar.AddAsync(ArchiveNames.Blob(image.Manifest.Config.Digest), image.ConfigurationBytes).ConfigureAwait(false);
        // A layer that an image has twice, as the empty one often is, lies in the archive once.
        var layers = image.Layers.DistinctBy(l => l.Descriptor.Digest).ToList();
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            if (layer.Descriptor.Size >= LargeLayer) reporter.Progress($"writing layer {i + 1} of {layers.Count} ({layer.Descriptor.Size >> 20} MiB)");
            var content = await layer.Content.OpenAsync(cancellation).ConfigureAwait(false);
            // Whoever made the stream checks its content; that it was forgotten must not be noticed by the reader first.
            content = content as VerifiedStream ?? new VerifiedStream(content, layer.Descriptor, "its source");
            await using var _ = content.ConfigureAwait(false);
            await tar.AddAsync(ArchiveNames.Blob(layer.Descriptor.Digest), layer.Descriptor, content).ConfigureAwait(false);
        }
        return await tar.EndAsync().ConfigureAwait(false);
    }

    private sealed class Tar(Stream output, CancellationToken cancellation)
    {
        private long _written;

        public Task AddFolderAsync(string name) => HeaderAsync(new TarHeader(name, TarEntryKind.Directory, 0, 0b111_101_101));

        public async Task AddAsync(string name, byte[] content)
        {
            await HeaderAsync(File(name, content.Length)).ConfigureAwait(false);
            await WriteAsync(content).ConfigureAwait(false);
            await PadAsync(content.Length).ConfigureAwait(false);
        }

        public async Task AddAsync(string name, Descriptor descriptor, Stream content)
        {
            await HeaderAsync(File(name, descriptor.Size)).ConfigureAwait(false);
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                var start = _written;
                // To the end, which is where the content is checked.
                for (int n; (n = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
                    await WriteAsync(buffer.AsMemory(0, n)).ConfigureAwait(false);
                if (_written - start != descriptor.Size)
                    throw Diagnostics.SizeMismatch.Error(descriptor.Digest.ToString(), "its source", _written - start, descriptor.Size);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
            await PadAsync(descriptor.Size).ConfigureAwait(false);
        }

        public async Task<long> EndAsync()
        {
            await WriteAsync(new byte[2 * TarHeader.BlockSize]).ConfigureAwait(false);
            await output.FlushAsync(cancellation).ConfigureAwait(false);
            return _written;
        }

        private static TarHeader File(string name, long size) => new(name, TarEntryKind.File, size, 0b110_100_100);

        private async Task HeaderAsync(TarHeader header)
        {
            using var bytes = new MemoryStream();
            header.WriteTo(bytes);
            await WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length)).ConfigureAwait(false);
        }

        private Task PadAsync(long size) => WriteAsync(new byte[TarHeader.Padding(size)]);

        private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
        {
            if (bytes.IsEmpty) return;
            await output.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            _written += bytes.Length;
        }
    }
}
