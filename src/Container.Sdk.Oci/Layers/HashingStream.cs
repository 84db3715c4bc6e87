using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>Passes on what is written to it, and knows its digest and its size.</summary>
public sealed class HashingStream : WriteOnlyStream
{
    private readonly Stream _output;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Passes on to <paramref name="output"/>, which stays open.</summary>
    public HashingStream(Stream output) => _output = output;

    /// <summary>Bytes written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Digest of what was written. To be asked once, at the end.</summary>
    public Digest Digest() => Oci.Digest.FromHash(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _output.Write(buffer);
        _hash.AppendData(buffer);
        Count += buffer.Length;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        _hash.AppendData(buffer.Span);
        Count += buffer.Length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}
