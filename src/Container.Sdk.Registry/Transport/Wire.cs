using System.Net.Http.Headers;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>Sends one request once, and follows redirects of downloads.</summary>
internal sealed class Wire : IDisposable
{
    private const int MostRedirects = 5;

    private static readonly string Accept = string.Join(", ", MediaTypes.Manifests);

    private readonly RegistryHost _host;
    private readonly TimeSpan _idle;
    private readonly Handlers _handlers;
    private readonly HttpMessageInvoker _http;

    public Wire(RegistryHost host, RegistryOptions options)
    {
        (_host, _idle) = (host, options.IdleTimeout);
        _handlers = new Handlers(Addresses.HostOf(new Uri($"https://{host.ApiHost}")), host.IsLoopback || options.IsInsecure(host), options.ConsentTimeout);
        _http = new HttpMessageInvoker(_handlers.Create());
    }

    /// <summary>Sends a request. The credentials go with it as far as the gate allows.</summary>
    public async Task<Outcome> SendAsync(Call call, string? authorization, CancellationToken cancellation)
    {
        var target = call.Target;
        for (var redirects = 0; ; redirects++)
        {
            var outcome = await SendOnceAsync(call, target, target.MayCarryCredentials ? authorization : null, cancellation).ConfigureAwait(false);
            if (outcome.Response is not { } response || LocationOf(response) is not { } location) return outcome;
            using (response)
            {
                // HttpClient would send a body again to wherever the answer says (307, 308).
                if (call.Method != HttpMethod.Get && call.Method != HttpMethod.Head)
                    throw Diagnostics.RedirectRefused.Error(_host.Value, location.Split('?')[0], $"a {call.Method} is not sent elsewhere");
                if (redirects == MostRedirects) throw Diagnostics.RedirectRefused.Error(_host.Value, location.Split('?')[0], "there were too many redirects before it");
                target = Passage.ToRedirect(_host, target, location);
            }
        }
    }

    private static string? LocationOf(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 ? response.First("Location") : null;

    private async Task<Outcome> SendOnceAsync(Call call, Passage target, string? authorization, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var watchdog = new Watchdog(_idle, cancellation);
        using var request = new HttpRequestMessage(call.Method, target.Uri) { Content = call.Body?.Invoke() };
        request.Headers.TryAddWithoutValidation("User-Agent", "container-sdk");
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (call.WantsManifest) request.Headers.TryAddWithoutValidation("Accept", Accept);
        if (call.Expect) request.Headers.ExpectContinue = true;
        if (call.From is { } from) request.Headers.Range = new RangeHeaderValue(from, null);
        var streamed = request.Content as StreamedContent;
        if (streamed is not null) streamed.Watchdog = watchdog;

        call.Caller.CountRequest();
        try
        {
            var response = await _http.SendAsync(request, watchdog.Token).ConfigureAwait(false);
            // A registry may answer before it has read the body; but content that could not be read was not sent.
            if (streamed?.SourceFailure is null) return Outcome.Answered(response, target);
            response.Dispose();
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
        }
        catch (Exception) when (streamed?.SourceFailure is not null)
        {
            // Thrown below.
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return Failures.Translate(e, _host, target, watchdog.Barked ? _idle : null, _handlers.CertificateProblem);
        }
        return Outcome.Failed(Failures.OfSource(streamed!.SourceFailure!, _host), mayRetry: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
