using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// Sends one blob. What is repeated is the whole upload, in a new session: a PATCH that is sent again appends its bytes a
/// second time (GoogleContainerTools/jib#4526), and distribution 2.8 never forgives a session whose connection broke.
/// </summary>
internal sealed class BlobUpload(RegistryRepository repository, Descriptor blob, IBlob content, Action<long>? progress)
{
    private readonly RegistryClient _client = repository.Client;
    private readonly UploadSettings _settings = repository.Client.Uploads;
    private long _sent;
    private int? _smallerPieces;
    private bool _renewed;
    private bool _repeated;

    /// <summary>Sends it, as often as it may and need be.</summary>
    /// <param name="session">An upload that is open already, or <c>null</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Passage? session, CancellationToken cancellation)
    {
        var way = _settings.WayFor(blob.Size);
        for (var attempt = 1; ;)
        {
            var smallest = 0;
            if (session is null) (session, smallest) = await BeginAsync(cancellation).ConfigureAwait(false);
            var transfer = new BlobTransfer(repository, blob, session, PieceSize(smallest), OnSent);
            var outcome = await SendAsync(transfer, way, cancellation).ConfigureAwait(false);
            session = null;
            if (outcome.Response is { } done && done.IsDone())
            {
                done.Dispose();
                return;
            }
            TakeBack();
            if (outcome.Error is { } error && !outcome.MayRetry)
            {
                await repository.CancelAsync(transfer.Session).ConfigureAwait(false);
                throw error;
            }
            var body = outcome.Response is { } refusal ? await ErrorBody.ReadAsync(refusal, _client.Options.IdleTimeout, cancellation).ConfigureAwait(false) : null;
            if (body is not null) await repository.CancelAsync(transfer.Session).ConfigureAwait(false);

            // The answer to an upload that worked may have been lost; and Nexus refuses what somebody else has just sent
            // (sonatype/nexus-public#967).
            if (!IsPlain(outcome) && await repository.HasBlobAsync(blob, cancellation).ConfigureAwait(false)) return;
            if (body is not null && Switch(ref way, (int)outcome.Response!.StatusCode, body.Code, smallest)) outcome.Response!.Dispose();
            else if (await _client.Retrier.PauseAsync(outcome, attempt, $"sending {blob.Digest.Abbreviated} to {repository}", repository.Caller.Reporter, cancellation).ConfigureAwait(false)) attempt++;
            else throw await FailureAsync(transfer, outcome, body, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<(Passage Session, int SmallestPiece)> BeginAsync(CancellationToken cancellation)
    {
        var (call, response) = await repository.BeginAsync(cancellation).ConfigureAwait(false);
        using (response)
        {
            if (!response.IsDone()) throw await _client.RefusalAsync(call, response, null, cancellation).ConfigureAwait(false);
            var location = response.First("Location")
                ?? throw Diagnostics.RegistryError.Error(_client.Host.Value, (int)response.StatusCode, call.ToString(), "it does not say where the upload goes");
            var smallest = int.TryParse(response.First("OCI-Chunk-Min-Length"), out var length) && length > 0 ? Math.Min(length, 1 << 30) : 0;
            return (Passage.ToUpload(_client.Host, call.Target, location), smallest);
        }
    }

    private async Task<Outcome> SendAsync(BlobTransfer transfer, UploadWay way, CancellationToken cancellation)
    {
        try
        {
            var source = await content.OpenAsync(cancellation).ConfigureAwait(false);
            await using (source.ConfigureAwait(false)) return await transfer.SendAsync(source, way, cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await repository.CancelAsync(transfer.Session).ConfigureAwait(false);
            throw;
        }
    }

    private int PieceSize(int smallest) => Math.Max(_smallerPieces ?? _settings.Chunk ?? UploadSettings.UsualChunk, smallest);

    // Refusals after which nothing can have been stored.
    private static bool IsPlain(Outcome outcome) => outcome.Response is { } response && (int)response.StatusCode is 401 or 403 or 405 or 411 or 413 or 417;

    /// <summary>Whether to begin anew at once: in another way, or because of something that a new session cures.</summary>
    private bool Switch(ref UploadWay way, int status, string code, int smallest)
    {
        var lostSession = code is "BLOB_UPLOAD_UNKNOWN" or "BLOB_UPLOAD_INVALID";
        switch (status)
        {
            case 401 when !_renewed:
                return _renewed = true;
            case 417 when !_settings.NeverExpect:
                return _settings.NeverExpect = true;
            case 413 when way != UploadWay.Pieces:
                if (_settings.LearnTooLarge(blob.Size)) Tell("a blob of this size only in pieces");
                way = UploadWay.Pieces;
                return true;
            case 413 or 416 when way == UploadWay.Pieces && smallest == 0 && PieceSize(0) > UploadSettings.SmallChunk:
                Tell("only smaller pieces");
                _smallerPieces = UploadSettings.SmallChunk;
                return true;
            // Artifactory answers BLOB_UNKNOWN to a PUT with the content (docker/buildx#196).
            case 404 or 405 or 411 or 416 or 501 when way == UploadWay.Whole && !lostSession:
                if (_settings.LearnPatch()) Tell("content by PATCH");
                way = UploadWay.Patch;
                return true;
            // A session that is gone (a registry that was restarted), or content that was spoilt on the way.
            case 400 or 404 when !_repeated && (lostSession || code == "DIGEST_INVALID"):
                return _repeated = true;
            default:
                return false;
        }
    }

    private void Tell(string what) => repository.Caller.Reporter.Detail($"{_client.Host} takes {what}; sending {blob.Digest.Abbreviated} anew.");

    private void OnSent(int bytes)
    {
        _sent += bytes;
        repository.Caller.CountBytes(bytes);
        progress?.Invoke(bytes);
    }

    private void TakeBack()
    {
        progress?.Invoke(-_sent);
        _sent = 0;
    }

    private async Task<ContainerException> FailureAsync(BlobTransfer transfer, Outcome outcome, ErrorBody? body, CancellationToken cancellation)
    {
        var what = $"The blob {blob.Digest}";
        if (outcome.Response is not { } response) return Diagnostics.UploadFailed.Error(outcome.Error!, what, repository.ToString(), outcome.Error!.Message.TrimEnd('.'));
        using (response)
        {
            if ((int)response.StatusCode is 401 or 403) return await _client.RefusalAsync(transfer.Last!, response, body, cancellation).ConfigureAwait(false);
            var status = body!.Code.Length > 0 ? $"{(int)response.StatusCode} {body.Code}" : $"{(int)response.StatusCode}";
            return Diagnostics.UploadFailed.Error(what, repository.ToString(), $"it answers {status}, {body.Text}");
        }
    }
}
