using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>
/// Packed layers in a folder: <c>blobs/sha256/…</c> has their bytes, <c>layers/…</c> says which key gave which blob.
/// Correct under many processes and after a kill at any moment: a file appears whole, by its rename, or not at all,
/// and what a record says is checked against the blob before anything relies on it. There is no lock.
/// </summary>
/// <param name="Root">The folder.</param>
public sealed record LayerFolder(string Root)
{
    private readonly BlobFolder _blobs = new(Root);

    /// <summary>Finds a layer by its key. Its bytes are not read.</summary>
    /// <returns><c>null</c> where it is not there, or its record is damaged.</returns>
    public PackedLayer? Find(Digest key)
    {
        try
        {
            var json = Json.ParseObject(File.ReadAllBytes(RecordOf(key)));
            var layer = new PackedLayer(Digest.Parse(json.GetString("diffId")), Digest.Parse(json.GetString("digest")), json["size"]!.GetValue<long>());
            if (json.GetString("check") != Check(key, layer) || !_blobs.Has(DescriptorOf(layer))) return null;
            Touch(layer);
            return layer;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ContainerException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Reads the whole blob, and says whether it is what its digest says. A damaged one is removed.</summary>
    public bool Verify(PackedLayer layer)
    {
        try
        {
            using var stream = Open(layer);
            stream.CopyTo(Stream.Null, 128 * 1024);
            return true;
        }
        catch (ContainerException)
        {
            AtomicFile.TryDelete(_blobs.PathOf(layer.Digest));
            return false;
        }
    }

    /// <summary>Packs a layer into the folder.</summary>
    /// <param name="key">The key of its inputs.</param>
    /// <param name="pack">Writes the compressed layer.</param>
    /// <exception cref="ContainerException">A file cannot be read, or the folder cannot be written; then nothing is left behind.</exception>
    public PackedLayer Pack(Digest key, Func<Stream, PackedLayer> pack)
    {
        var partial = AtomicFile.PartialName(Path.Combine(Root, "blobs", "sha256", key.Hex));
        try
        {
            CreatePrivate(Path.GetDirectoryName(partial)!);
            PackedLayer layer;
            // Not flushed to the disk: after a power failure the blob's content is noticed to be wrong, and packed again.
            using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 256 * 1024))
                layer = pack(file);
            AtomicFile.Rename(partial, _blobs.PathOf(layer.Digest));
            Record(key, layer);
            return layer;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(Root, e);
        }
        finally
        {
            AtomicFile.TryDelete(partial);
        }
    }

    /// <summary>Opens the bytes of a layer; the stream throws where they are not what the digest says.</summary>
    public Stream Open(PackedLayer layer) => _blobs.Open(DescriptorOf(layer));

    /// <summary>Makes the folder, for its owner alone: whoever can write it could put content into images.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/></exception>
    public void Create()
    {
        try
        {
            CreatePrivate(Root);
            Writability.Check(Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(Root, e);
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Record(Digest key, PackedLayer layer) => AtomicFile.Write(RecordOf(key), Json.ToBytes(new JsonObject
    {
        ["diffId"] = layer.DiffId.ToString(),
        ["digest"] = layer.Digest.ToString(),
        ["size"] = layer.Size,
        ["check"] = Check(key, layer),
    }), durable: false);

    // The time of the last write is the time of the last use; the oldest goes first when room is needed.
    private void Touch(PackedLayer layer)
    {
        try { File.SetLastWriteTimeUtc(_blobs.PathOf(layer.Digest), DateTime.UtcNow); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { /* A cache that is only read has no order to keep. */ }
    }

    private string RecordOf(Digest key) => Path.Combine(Root, "layers", key.Hex);

    private static string Check(Digest key, PackedLayer layer) =>
        Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{key} {layer.DiffId} {layer.Digest} {layer.Size}")).Hex;

    private static Descriptor DescriptorOf(PackedLayer layer) => new(MediaTypes.OciLayerGzip, layer.Digest, layer.Size);
}
