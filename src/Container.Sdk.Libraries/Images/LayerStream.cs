using System.Security.Cryptography;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>
/// The uncompressed bytes of a layer from outside. They are bounded whatever the compressed ones are, and at the end both
/// digests are compared.
/// </summary>
internal sealed class LayerStream : ReadOnlyStream
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

    /// <summary>Not supported: the bytes may come over a network.</summary>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLibrary"/>, or what the layer's content says is wrong with it.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int n;
        try
        {
            n = await _plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            // Where the blob is not the one that was promised, that is the reason, and is told to whoever reads it to its end.
            await _content.CopyToAsync(Null, cancellationToken).ConfigureAwait(false);
            throw Unreadable(e);
        }
        catch (IOException e)
        {
            throw Unreadable(e);
        }
        if ((_read += n) > _most) throw Damaged($"expands to more than {_most} bytes");
        _hash.AppendData(buffer.Span[..n]);
        return n;
    }

    /// <summary>Reads what is left, which is nothing but zeros, and compares the digests.</summary>
    /// <exception cref="ContainerException">As above.</exception>
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

    private ContainerException Unreadable(Exception e) => Diagnostics.DamagedLibrary.Error(e, _name, $"its layer {_layer.Descriptor.Digest} cannot be read, {e.Message}");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _plain.Dispose();
            _content.Dispose();
        }
        base.Dispose(disposing);
    }
}
