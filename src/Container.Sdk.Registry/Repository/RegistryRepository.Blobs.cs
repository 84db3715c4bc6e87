using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <content>Blobs.</content>
public sealed partial class RegistryRepository
{
    /// <summary>Whether the repository has a blob.</summary>
    public async Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellation)
    {
        var call = await CallAsync(HttpMethod.Head, $"blobs/{blob.Digest}", cancellation).ConfigureAwait(false);
        using var response = await Client.SendAsync(call, cancellation).ConfigureAwait(false);
        switch ((int)response.StatusCode)
        {
            // Old versions of Harbor say no length, or 0.
            case 200: return response.Content.Headers.ContentLength is null or 0 || response.Content.Headers.ContentLength == blob.Size;
            case 401: throw await RefusalAsync(call, response, cancellation).ConfigureAwait(false);
            case >= 500 or 429: throw await RefusalAsync(call, response, cancellation).ConfigureAwait(false);
            // Whatever else is refused here, sending the blob will tell.
            default: return false;
        }
    }

    /// <summary>Reads a small blob, such as a configuration, and checks it.</summary>
    /// <param name="blob">Its descriptor.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<byte[]> ReadBlobAsync(Descriptor blob, int limit, CancellationToken cancellation)
    {
        if (blob.Size > limit) throw Diagnostics.TooLarge.Error($"The blob {blob.Digest}", Client.Host.Value, limit);
        var call = await CallAsync(HttpMethod.Get, $"blobs/{blob.Digest}", cancellation).ConfigureAwait(false);
        var fetched = await FetchAsync(call, limit, $"The blob {blob.Digest}", cancellation).ConfigureAwait(false);
        using (fetched.Response)
        {
            if (!fetched.Response.IsSuccessStatusCode) throw await RefusalAsync(call, fetched.Response, cancellation).ConfigureAwait(false);
            if (fetched.Body.Length != blob.Size) throw Diagnostics.SizeMismatch.Error($"The blob {blob.Digest}", Client.Host.Value, fetched.Body.Length, blob.Size);
            var actual = Compute(fetched.Body, blob.Digest);
            return actual == blob.Digest ? fetched.Body : throw Diagnostics.DigestMismatch.Error($"The blob {blob.Digest}", Client.Host.Value, actual.ToString());
        }
    }

    /// <summary>Opens a blob. The stream checks size and digest, and goes on where the connection breaks.</summary>
    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellation)
    {
        var call = await CallAsync(HttpMethod.Get, $"blobs/{blob.Digest}", cancellation).ConfigureAwait(false);
        var response = await Client.SendAsync(call, cancellation).ConfigureAwait(false);
        if ((int)response.StatusCode != 200)
        {
            using (response) throw await RefusalAsync(call, response, cancellation).ConfigureAwait(false);
        }
        var body = IdleStream.Open(response, Client.Options.IdleTimeout);
        return new VerifiedStream(new ResumingStream(Client, call, blob, body, response.First("Accept-Ranges") == "bytes"), blob, ToString());
    }

    /// <summary>Asks the registry to take a blob over from another of its repositories.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> TryMountAsync(Descriptor blob, RepositoryName from, CancellationToken cancellation)
    {
        var (mounted, session) = await MountAsync(blob, from, cancellation).ConfigureAwait(false);
        if (session is not null) await CancelAsync(session).ConfigureAwait(false);
        return mounted;
    }

    /// <summary>Sends a blob.</summary>
    /// <param name="blob">Its descriptor.</param>
    /// <param name="content">Its bytes; they are opened once for each try.</param>
    /// <param name="progress">Told of each number of bytes that was sent, and of a negative one where they were sent in vain; or <c>null</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task UploadAsync(Descriptor blob, IBlob content, Action<long>? progress, CancellationToken cancellation) =>
        new BlobUpload(this, blob, content, progress).RunAsync(null, cancellation);

    /// <summary>Mounts a blob where that is possible, else sends it.</summary>
    /// <returns>Which of both was done.</returns>
    internal async Task<Transfer> MountOrUploadAsync(Descriptor blob, IBlob content, Action<long>? progress, CancellationToken cancellation)
    {
        Passage? session = null;
        if (content.PlaceIn(Client.Host) is { } place && place != Name)
        {
            (var mounted, session) = await MountAsync(blob, place, cancellation).ConfigureAwait(false);
            if (mounted) return Transfer.Mounted;
        }
        await new BlobUpload(this, blob, content, progress).RunAsync(session, cancellation).ConfigureAwait(false);
        return Transfer.Sent;
    }

    /// <summary>Finds out whether the repository may be written: an upload is begun, and given up at once.</summary>
    /// <exception cref="ContainerException">It may not.</exception>
    public async Task CheckPushAsync(CancellationToken cancellation)
    {
        var (call, response) = await BeginAsync(cancellation).ConfigureAwait(false);
        using (response)
        {
            if (!response.IsDone()) throw await RefusalAsync(call, response, cancellation).ConfigureAwait(false);
            if (response.First("Location") is { } location) await CancelAsync(Passage.ToUpload(Client.Host, call.Target, location)).ConfigureAwait(false);
        }
    }

    /// <summary>Begins an upload.</summary>
    internal async Task<BegunUpload> BeginAsync(CancellationToken cancellation)
    {
        try
        {
            var call = await CallAsync(HttpMethod.Post, "blobs/uploads/", cancellation).ConfigureAwait(false);
            return new BegunUpload(call, await Client.SendAsync(call, cancellation).ConfigureAwait(false));
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.Unreachable && Failures.IsBrokenOff(e.InnerException))
        {
            // ECR does so where the repository does not exist (dotnet/sdk-container-builds#424).
            throw Diagnostics.RepositoryRefused.Error(e, Client.Host.Value, Name.Value, "it closes the connection when an upload begins");
        }
    }

    /// <summary>A request of an upload that is under way. It is sent once.</summary>
    internal Call Part(HttpMethod method, Passage session) => new(method, session, Caller) { Access = _access, Replayable = false };

    /// <summary>Gives an upload up. Best effort: a registry also clears them up by itself, after days.</summary>
    internal async Task CancelAsync(Passage session)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            var outcome = await Client.TryAsync(Part(HttpMethod.Delete, session), patience.Token).ConfigureAwait(false);
            outcome.Response?.Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or ContainerException)
        {
            // Whatever is wrong here was wrong before.
        }
    }

    /// <summary>
    /// A mount is a favour: a registry may refuse it in many ways (Harbor answers 401 for a project that does not exist, Docker
    /// Hub's token service refuses the whole token), and none of them is a failure.
    /// </summary>
    private async Task<MountAnswer> MountAsync(Descriptor blob, RepositoryName from, CancellationToken cancellation)
    {
        // Without 'origin', which breaks mounts on Docker Hub (google/go-containerregistry#1741).
        var query = $"mount={Uri.EscapeDataString(blob.Digest.ToString())}&from={Uri.EscapeDataString(from.Value)}";
        var call = await CallAsync(HttpMethod.Post, $"blobs/uploads/?{query}", cancellation).ConfigureAwait(false) with
        {
            Access = _access with { From = from },
            Tries = 2,
        };
        try
        {
            using var response = await Client.SendAsync(call, cancellation).ConfigureAwait(false);
            if ((int)response.StatusCode == 201) return new MountAnswer(true, null);
            Caller.Reporter.Detail($"{Client.Host} does not mount {blob.Digest.Abbreviated} from {from} ({(int)response.StatusCode}); it is sent.");
            return (int)response.StatusCode == 202 && response.First("Location") is { } location
                ? new MountAnswer(false, Passage.ToUpload(Client.Host, call.Target, location))
                : new MountAnswer(false, null);
        }
        catch (ContainerException e)
        {
            Caller.Reporter.Detail($"{Client.Host} does not mount {blob.Digest.Abbreviated} from {from}; it is sent. {e.Message}");
            return new MountAnswer(false, null);
        }
    }

    /// <summary>Whether a blob was mounted; and else perhaps an upload that was begun instead.</summary>
    private sealed record MountAnswer(bool Mounted, Passage? Session);
}

/// <summary>The answer to the request to begin an upload.</summary>
internal sealed record BegunUpload(Call Call, HttpResponseMessage Response);
