using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// The body of a download. Where it breaks off, the rest is asked for; what a registry cannot give from the middle is read
/// from the start again. The digest over all of it is checked by whoever reads this.
/// </summary>
internal sealed class ResumingStream(RegistryClient client, Call call, Descriptor blob, Stream first, bool takesRanges) : Stream
{
    private Stream _body = first;
    private long _read;
    private int _attempt = 1;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var n = await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                // Without a length in the answer, a broken connection looks like the end.
                if (n == 0 && _read < blob.Size && buffer.Length > 0) throw new IOException("it ended too early");
                _read += n;
                if (n > 0) _attempt = 1;
                return n;
            }
            catch (IOException e)
            {
                await ReopenAsync(e, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ReopenAsync(IOException cause, CancellationToken cancellation)
    {
        await _body.DisposeAsync().ConfigureAwait(false);
        var broken = Diagnostics.Unreachable.Error(cause, client.Host.Value, $"a download broke off after {_read} of {blob.Size} bytes, {cause.Message.TrimEnd('.')}");
        if (!await client.Retrier.PauseAsync(Outcome.Failed(broken, mayRetry: true), _attempt++, call.ToString(), call.Caller.Reporter, cancellation).ConfigureAwait(false)) throw broken;
        var response = await client.SendAsync(takesRanges && _read > 0 ? call with { From = _read } : call, cancellation).ConfigureAwait(false);
        var range = response.Content.Headers.ContentRange;
        if ((int)response.StatusCode == 206 && range is { Unit: "bytes" } && range.From == _read)
        {
            _body = IdleStream.Open(response, client.Options.IdleTimeout);
        }
        else if ((int)response.StatusCode == 200)
        {
            _body = IdleStream.Open(response, client.Options.IdleTimeout);
            await SkipAsync(cancellation).ConfigureAwait(false);
        }
        else
        {
            response.Dispose();
            throw broken;
        }
    }

    private async Task SkipAsync(CancellationToken cancellation)
    {
        var buffer = new byte[64 << 10];
        try
        {
            for (var left = _read; left > 0;)
            {
                var n = await _body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation).ConfigureAwait(false);
                if (n == 0) return;
                left -= n;
            }
        }
        catch (IOException)
        {
            // The next read fails in the same way, and counts as another try.
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _body.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => blob.Size;

    /// <inheritdoc/>
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
