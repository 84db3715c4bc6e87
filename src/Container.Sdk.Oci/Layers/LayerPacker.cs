using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>A layer that was packed.</summary>
/// <param name="DiffId">Digest of the uncompressed tar.</param>
/// <param name="Digest">Digest of the compressed bytes.</param>
/// <param name="Size">Compressed bytes.</param>
public sealed record PackedLayer(Digest DiffId, Digest Digest, long Size);

/// <summary>Packs entries into a compressed layer, in one pass and in bounded memory.</summary>
public static class LayerPacker
{
    /// <summary>
    /// Names everything of this program that the bytes of a layer depend on besides its entries: the layout of the tar, and
    /// the compressor, which may change its output with any version of the runtime. Part of every layer's key.
    /// </summary>
    public static string Recipe { get; } = $"tar1 gzip-members-16MiB-64KiB-optimal net{Environment.Version}";

    /// <summary>Writes the layer to <paramref name="output"/>.</summary>
    public static PackedLayer Pack(IEnumerable<LayerEntry> entries, Stream output, PackingBudget budget, CancellationToken cancellation)
    {
        using var compressed = new HashingStream(output);
        using var gzip = new GzipMemberStream(compressed, budget, cancellation);
        using var plain = new HashingStream(gzip);
        LayerTar.Write(entries, plain, cancellation);
        gzip.Complete();
        return new PackedLayer(plain.Digest(), compressed.Digest(), compressed.Count);
    }

    /// <summary>Compresses a layer that another program made, as one of ours is.</summary>
    public static PackedLayer Compress(Stream tar, Stream output, PackingBudget budget, CancellationToken cancellation)
    {
        using var compressed = new HashingStream(output);
        using var gzip = new GzipMemberStream(compressed, budget, cancellation);
        using var plain = new HashingStream(gzip);
        tar.CopyTo(plain, 128 * 1024);
        gzip.Complete();
        return new PackedLayer(plain.Digest(), compressed.Digest(), compressed.Count);
    }

    /// <summary>The digest that the uncompressed layer has: what the files are, and nothing of how they are compressed.</summary>
    public static Digest DiffId(IEnumerable<LayerEntry> entries, CancellationToken cancellation)
    {
        using var plain = new HashingStream(Stream.Null);
        LayerTar.Write(entries, plain, cancellation);
        return plain.Digest();
    }

    /// <summary>
    /// The key of a layer: a hash of all that its bytes depend on. Equal keys mean equal bytes, on any machine.
    /// </summary>
    public static Digest Key(IEnumerable<LayerEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Line(Recipe);
        foreach (var e in entries.OrderBy(e => e.Path, EntryOrder.Instance))
            Line($"{e.Path}\0{(int)e.Mode}\0{e.UserId}\0{e.GroupId}\0{e.LinkTarget}\0{e.Content?.Length}\0{e.Content?.Digest}");
        return Digest.FromHash(hash.GetHashAndReset());

        // Names may hold a line feed; they never hold a zero byte.
        void Line(string text) => hash.AppendData(System.Text.Encoding.UTF8.GetBytes(text + "\0\n"));
    }
}
