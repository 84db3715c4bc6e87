using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>
/// Reads content and checks it against its descriptor: never more bytes than promised, and at the end the right
/// number with the right digest. Whoever read to the end without an exception has the right bytes.
/// </summary>
public sealed class VerifiedStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly Descriptor _expected;
    private readonly string _source;
    private readonly IncrementalHash _hash;
    private long _read;
    private bool _verified;

    /// <summary>Wraps <paramref name="inner"/>, and disposes of it.</summary>
    /// <param name="inner">The content.</param>
    /// <param name="expected">What it must be.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    public VerifiedStream(Stream inner, Descriptor expected, string source) =>
        (_inner, _expected, _source, _hash) = (inner, expected, source, expected.Digest.CreateHash());

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var n = _inner.Read(buffer);
        Check(buffer[..n], buffer.Length);
        return n;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var n = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Check(buffer.Span[..n], buffer.Length);
        return n;
    }

    /// <summary>Reads whatever is left, so that the check is made.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DigestMismatch"/> or <see cref="Diagnostics.SizeMismatch"/></exception>
    public async Task<byte[]> ReadAllAsync(int limit, CancellationToken cancellation)
    {
        if (_expected.Size > limit) throw Diagnostics.TooLarge.Error(_expected.Digest.ToString(), _source, limit);
        var bytes = new byte[_expected.Size];
        await FillAsync(bytes, cancellation).ConfigureAwait(false);
        return bytes;
    }

    private async Task FillAsync(byte[] bytes, CancellationToken cancellation)
    {
        for (var at = 0; ;)
        {
            // One byte more than promised is asked for, so that a longer content is noticed.
            var n = at < bytes.Length
                ? await ReadAsync(bytes.AsMemory(at), cancellation).ConfigureAwait(false)
                : await ReadAsync(new byte[1], cancellation).ConfigureAwait(false);
            if (n == 0) return;
            at += n;
        }
    }

    private void Check(ReadOnlySpan<byte> bytes, int asked)
    {
        _read += bytes.Length;
        if (_read > _expected.Size) throw Diagnostics.SizeMismatch.Error(_expected.Digest.ToString(), _source, _read, _expected.Size);
        _hash.AppendData(bytes);
        if (bytes.Length > 0 || asked == 0 || _verified) return;
        if (_read != _expected.Size) throw Diagnostics.SizeMismatch.Error(_expected.Digest.ToString(), _source, _read, _expected.Size);
        var actual = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (actual != _expected.Digest.Hex) throw Diagnostics.DigestMismatch.Error(_expected.Digest.ToString(), _source, $"{_expected.Digest.Algorithm}:{actual}");
        _verified = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override long Length => _expected.Size;

    /// <inheritdoc/>
    public override long Position { get => _read; set => throw new NotSupportedException(); }
}
