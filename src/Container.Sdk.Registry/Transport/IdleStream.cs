namespace Container.Sdk.Registry;

/// <summary>The body of an answer, given up when no byte of it comes for too long. Disposes of the answer.</summary>
internal sealed class IdleStream(HttpResponseMessage response, Stream body, TimeSpan patience) : Stream
{
    /// <summary>Opens the body of an answer.</summary>
    public static IdleStream Open(HttpResponseMessage response, TimeSpan patience) => new(response, response.Content.ReadAsStream(), patience);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var watchdog = new Watchdog(patience, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, watchdog.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (watchdog.Barked)
        {
            throw new IOException($"nothing came for {patience.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Reads a whole body of at most <paramref name="limit"/> bytes; <c>null</c> where it is longer.</summary>
    public async Task<byte[]?> ReadAllAsync(int limit, CancellationToken cancellation)
    {
        var promised = response.Content.Headers.ContentLength;
        if (promised > limit) return null;
        var buffer = new byte[promised is { } length ? (int)length + 1 : 16 << 10];
        for (var at = 0; ;)
        {
            if (at == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, limit + 1));
            var n = await ReadAsync(buffer.AsMemory(at), cancellation).ConfigureAwait(false);
            if (n == 0) return buffer.AsSpan(0, at).ToArray();
            if ((at += n) > limit) return null;
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
        if (disposing) response.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>
/// Ends an exchange of which no byte moves. HttpClient's own time-out knows only the time until the headers, and counts a
/// large upload that moves as if it did not.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _outer;
    private readonly TimeSpan _patience;

    public Watchdog(TimeSpan patience, CancellationToken outer)
    {
        (_patience, _outer) = (patience, outer);
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        Touch();
    }

    /// <summary>Ends when nothing moved for too long, and when the outer one does.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the patience that ended.</summary>
    public bool Barked => _source.IsCancellationRequested && !_outer.IsCancellationRequested;

    /// <summary>Something moved.</summary>
    public void Touch() => _source.CancelAfter(_patience);

    /// <summary>
    /// All of a body of this size is sent. The registry may now copy it to its storage without a word: a second for each 16 MiB.
    /// </summary>
    public void AwaitAnswerTo(long bytes) => _source.CancelAfter(_patience + TimeSpan.FromSeconds(bytes >> 24));

    /// <summary>The next move is not the registry's.</summary>
    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
