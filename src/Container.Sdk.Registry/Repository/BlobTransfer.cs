using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>One upload session: the content goes through it once, in one of the ways.</summary>
internal sealed class BlobTransfer(RegistryRepository repository, Descriptor blob, Passage session, int pieceSize, Action<int> sent)
{
    // Below this, waiting for the registry's consent costs more than a body in vain.
    private const int ExpectAbove = 64 << 10;

    private long? _askedAt;

    /// <summary>Where the next request goes.</summary>
    public Passage Session { get; private set; } = session;

    /// <summary>The last request.</summary>
    public Call? Last { get; private set; }

    /// <summary>Sends the content.</summary>
    /// <returns>The answer to the last request: to the first that was refused, or to all.</returns>
    public Task<Outcome> SendAsync(Stream source, UploadWay way, CancellationToken cancellation) => way switch
    {
        UploadWay.Whole => PutAsync(() => new StreamedContent(source, blob.Size, isLast: true, OnSent), cancellation),
        UploadWay.Patch => PatchAsync(source, blob.Size, cancellation),
        _ => PatchAsync(source, pieceSize, cancellation),
    };

    private async Task<Outcome> PatchAsync(Stream source, long size, CancellationToken cancellation)
    {
        for (long at = 0; at < blob.Size; at += size)
        {
            var length = Math.Min(size, blob.Size - at);
            var outcome = await PatchAsync(source, at, length, cancellation).ConfigureAwait(false);
            if (outcome.Response is not { } response || !response.IsDone()) return outcome;
            using (response)
                if (response.First("Location") is { } location) Session = Passage.ToUpload(repository.Client.Host, Session, location);
        }
        return await PutAsync(() => new ByteArrayContent([]), cancellation).ConfigureAwait(false);
    }

    private Task<Outcome> PatchAsync(Stream source, long at, long length, CancellationToken cancellation) => SendAsync(
        repository.Part(HttpMethod.Patch, Session) with
        {
            Expect = Expects(length),
            Body = () =>
            {
                var body = new StreamedContent(source, length, isLast: at + length == blob.Size, OnSent);
                // Without "bytes" before and the size behind: the specification has a form of its own, and ACR insists on it.
                body.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{at}-{at + length - 1}"));
                return body;
            },
        }, cancellation);

    private Task<Outcome> PutAsync(Func<HttpContent> body, CancellationToken cancellation)
    {
        var put = repository.Part(HttpMethod.Put, Session.WithQuery("digest=" + Uri.EscapeDataString(blob.Digest.ToString())));
        return SendAsync(put with { Body = body, Expect = Expects(blob.Size) }, cancellation);
    }

    private Task<Outcome> SendAsync(Call call, CancellationToken cancellation)
    {
        Last = call;
        _askedAt = call.Expect ? repository.Client.Options.Clock.GetTimestamp() : null;
        return repository.Client.TryAsync(call, cancellation);
    }

    private void OnSent(int bytes)
    {
        if (_askedAt is { } asked)
        {
            // Some proxies swallow the question. One blob waits in vain, not each.
            _askedAt = null;
            var options = repository.Client.Options;
            if (options.Clock.GetElapsedTime(asked) > 0.9 * options.ConsentTimeout) repository.Client.Uploads.NeverExpect = true;
        }
        sent(bytes);
    }

    // HttpClient does not see an early 413 or 401 when the connection is reset behind it while a large body is under way.
    private bool Expects(long length) => length > ExpectAbove && !repository.Client.Uploads.NeverExpect;
}
