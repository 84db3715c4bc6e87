using System.Security.Cryptography;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>
/// The uncompressed bytes of a layer from outside. They are bounded whatever the compressed ones are, and at the end both
/// digests are compared.
/// </summary>
internal sealed class LayerStream : IAsyncDisposable
{
    private const long MostBytes = 1L << 30;
    private const long AllowedRatio = 200;
    private const long RatioMattersFrom = 10 << 20;

    private readonly ImageLayer _layer;
    private readonly string _name;
    private readonly Stream _content;
    private readonly Stream _plain;
    private readonly long _most;
    private readonly IncrementalHash _hash;
    private long _read;

    private LayerStream(ImageLayer layer, string name, Stream content, Stream plain)
    {
        (_layer, _name, _content, _plain) = (layer, name, content, plain);
        _most = Math.Min(MostBytes, Math.Max(RatioMattersFrom, layer.Descriptor.Size * AllowedRatio));
        _hash = layer.DiffId.CreateHash();
    }

    /// <summary>Opens a layer.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/> where it is compressed in an unusual way.</exception>
    public static async Task<LayerStream> OpenAsync(ImageLayer layer, string name, CancellationToken cancellation)
    {
        var isGzip = layer.Descriptor.MediaType is MediaTypes.OciLayerGzip or MediaTypes.DockerLayerGzip;
        if (!isGzip && layer.Descriptor.MediaType is not (MediaTypes.OciLayer or MediaTypes.DockerLayer))
            throw Diagnostics.DamagedLibrary.Error(name, $"its layer {layer.Descriptor.Digest} is '{layer.Descriptor.MediaType}', which is not read");
        var content = await layer.Content.OpenAsync(cancellation).ConfigureAwait(false);
        return new LayerStream(layer, name, content, isGzip ? new GzipReader(content, leaveOpen: true) : content);
    }

    /// <summary>Reads some bytes; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        int n;
        try
        {
            n = await _plain.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // Where the blob is not the one that was promised, that is the reason, and is told to whoever reads it to its end.
            if (e is InvalidDataException) await _content.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
            throw Diagnostics.DamagedLibrary.Error(e, _name, $"its layer {_layer.Descriptor.Digest} cannot be read, {e.Message}");
        }
        if ((_read += n) > _most) throw Damaged($"expands to more than {_most} bytes");
        _hash.AppendData(buffer.Span[..n]);
        return n;
    }

    /// <summary>Fills the buffer.</summary>
    /// <returns>Whether there was anything left.</returns>
    public async ValueTask<bool> FillAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        for (var at = 0; at < buffer.Length;)
        {
            var n = await ReadAsync(buffer[at..], cancellation).ConfigureAwait(false);
            if (n == 0) return at == 0 ? false : throw Damaged("is cut off");
            at += n;
        }
        return true;
    }

    /// <summary>Reads what is left, which is nothing but zeros, and compares the digests.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        for (int n; (n = await ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (buffer.AsSpan(0, n).ContainsAnyExcept((byte)0)) throw Damaged("goes on after its end");
        }
        var actual = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (actual != _layer.DiffId.Hex) throw Damaged($"expands to {_layer.DiffId.Algorithm}:{actual}, and {_layer.DiffId} is promised");
    }

    /// <summary>What is wrong with the layer.</summary>
    public ContainerException Damaged(string reason) => Diagnostics.DamagedLibrary.Error(_name, $"its layer {_layer.Descriptor.Digest} {reason}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _plain.DisposeAsync().ConfigureAwait(false);
        await _content.DisposeAsync().ConfigureAwait(false);
    }
}
