using System.Buffers;
using System.Net;

namespace Container.Sdk.Registry;

/// <summary>
/// A body of known length from a stream. The last piece is sent only when the stream has ended without complaint: a stream
/// that checks its digest complains at its end, and a registry never gets all bytes of wrong content.
/// </summary>
internal sealed class StreamedContent : HttpContent
{
    private const int PieceSize = 128 << 10;

    private readonly Stream _source;
    private readonly long _length;
    private readonly bool _isLast;
    private readonly Action<int> _sent;

    /// <summary>A body; the stream stays open.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="length">How many of its bytes are the body.</param>
    /// <param name="isLast">Whether the stream must end there.</param>
    /// <param name="sent">Told of each piece that was sent.</param>
    public StreamedContent(Stream source, long length, bool isLast, Action<int> sent)
    {
        (_source, _length, _isLast, _sent) = (source, length, isLast, sent);
        Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
    }

    /// <summary>What ended the reading of the stream; HttpClient hides it behind exceptions of its own.</summary>
    public Exception? SourceFailure { get; private set; }

    /// <summary>Who watches the exchange.</summary>
    public Watchdog? Watchdog { get; set; }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (var left = _length; left > 0;)
            {
                var n = await FillAsync(buffer, (int)Math.Min(left, PieceSize), cancellationToken).ConfigureAwait(false);
                left -= n;
                if (left == 0 && _isLast) await ExpectEndAsync(cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(buffer.AsMemory(0, n), cancellationToken).ConfigureAwait(false);
                Watchdog?.Touch();
                _sent(n);
            }
            if (_length == 0 && _isLast) await ExpectEndAsync(cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            Watchdog?.AwaitAnswerTo(_length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private async Task<int> FillAsync(byte[] buffer, int wanted, CancellationToken cancellation)
    {
        Watchdog?.Pause();
        try
        {
            await _source.ReadExactlyAsync(buffer.AsMemory(0, wanted), cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ContainerException or UnauthorizedAccessException or ObjectDisposedException)
        {
            SourceFailure = e;
            throw;
        }
        Watchdog?.Touch();
        return wanted;
    }

    private async Task ExpectEndAsync(CancellationToken cancellation)
    {
        try
        {
            if (await _source.ReadAsync(new byte[1], cancellation).ConfigureAwait(false) > 0) throw new InvalidDataException("the content is longer than its descriptor says");
        }
        catch (Exception e) when (e is IOException or ContainerException or UnauthorizedAccessException)
        {
            SourceFailure = e;
            throw;
        }
    }
}
