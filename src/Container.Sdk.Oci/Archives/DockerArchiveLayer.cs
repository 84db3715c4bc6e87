using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>One layer of a <c>docker save</c> archive, of which only the digest of the uncompressed bytes is known.</summary>
internal sealed class DockerArchiveLayer(ArchiveFile file, string name, Digest diffId)
{
    public async Task<ImageLayer> ReadAsync(CancellationToken cancellation)
    {
        var entry = file.Get(name);
        var descriptor = await DescribeAsync(entry, cancellation).ConfigureAwait(false);
        return new ImageLayer(descriptor, diffId, new ArchiveBlob(file, entry, descriptor));
    }

    private async Task<Descriptor> DescribeAsync(TarEntry entry, CancellationToken cancellation)
    {
        var start = new byte[4];
        using (var content = file.Open(entry)) content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan().SequenceEqual([(byte)0x28, (byte)0xb5, (byte)0x2f, (byte)0xfd]))
            throw Diagnostics.NotAnImage.Error(file.Name, "a layer is compressed with zstd, for which Docker's format has no name; write oci-archive: before its name, or save it anew");
        // Docker itself saves layers uncompressed: their digest is the diff id, and is checked when they are read.
        if (!GzipReader.IsGzip(start)) return new Descriptor(MediaTypes.DockerLayer, diffId, entry.Size);
        return new Descriptor(MediaTypes.DockerLayerGzip, await DigestOfGzipAsync(entry, cancellation).ConfigureAwait(false), entry.Size);
    }

    // The in-box SDK compresses them under the same name. Nothing says what their digest should be but the diff id, so
    // they are expanded once; where a blob's name is its digest, that is enough, as in an image layout.
    private async Task<Digest> DigestOfGzipAsync(TarEntry entry, CancellationToken cancellation)
    {
        if (entry.Name.StartsWith("blobs/sha256/", StringComparison.Ordinal) && Digest.TryParse($"sha256:{entry.Name["blobs/sha256/".Length..]}", out var named)) return named;
        using var hash = SHA256.Create();
        var compressed = new CryptoStream(file.Open(entry), hash, CryptoStreamMode.Read);
        await using var _ = compressed.ConfigureAwait(false);
        var expanded = new GzipReader(compressed, leaveOpen: true);
        byte[] actual;
        try
        {
            await using var __ = expanded.ConfigureAwait(false);
            actual = await SHA256.HashDataAsync(expanded, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw file.Damaged($"the layer '{entry.Name}' cannot be expanded, {e.Message}");
        }
        if (Digest.FromHash(actual) is var digest && digest != diffId) throw Diagnostics.DigestMismatch.Error(diffId.ToString(), file.Name, digest.ToString());
        return Digest.FromHash(hash.Hash!);
    }
}
