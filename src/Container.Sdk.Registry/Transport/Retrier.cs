using System.Globalization;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>Sends a request again where that may help: with pauses, a budget, and one brake for all requests to the registry.</summary>
internal sealed class Retrier(RegistryHost host, RegistryOptions options)
{
    private readonly RetrySettings _settings = options.Retry;
    private int _requests;
    private int _retries;
    private long _notBefore;

    /// <summary>Tries until there is an answer that stays, or the tries are used up.</summary>
    /// <returns>The answer, of any status.</returns>
    public async Task<HttpResponseMessage> RunAsync(Call call, Func<CancellationToken, Task<Outcome>> send, CancellationToken cancellation)
    {
        await BrakeAsync(cancellation).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await send(cancellation).ConfigureAwait(false);
            var again = call.Replayable && attempt < (call.Tries ?? _settings.Tries)
                && await PauseAsync(outcome, attempt, call.ToString(), call.Caller.Reporter, cancellation).ConfigureAwait(false);
            if (!again) return outcome.Response ?? throw outcome.Error!;
        }
    }

    /// <summary>Waits for the time for another try.</summary>
    /// <returns>Whether there is to be one; then the answer is disposed of.</returns>
    /// <exception cref="ContainerException"><see cref="Diagnostics.RateLimited"/></exception>
    public async Task<bool> PauseAsync(Outcome outcome, int attempt, string what, IReporter reporter, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _requests);
        if (!outcome.MayRetry || attempt >= _settings.Tries) return false;
        var pause = outcome.Response is { } response && Asked(response) is { } asked ? Accept(asked, response) : _settings.PauseAfter(attempt);
        // When a registry is down, hundreds of requests must not each be sent five times.
        if (Interlocked.Increment(ref _retries) > 10 + (Volatile.Read(ref _requests) / 5)) return false;

        var reason = outcome.Error?.Message ?? string.Create(CultureInfo.InvariantCulture, $"{host} answers {(int)outcome.Response!.StatusCode}");
        reporter.Detail(string.Create(CultureInfo.InvariantCulture, $"{what}: {reason} Trying again in {pause.TotalSeconds:0.0} s ({attempt + 1} of {_settings.Tries})."));
        outcome.Response?.Dispose();
        await _settings.Delay(pause, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whoever starts while another one was asked to wait, waits as well.</summary>
    private Task BrakeAsync(CancellationToken cancellation)
    {
        var wait = Interlocked.Read(ref _notBefore) - options.Clock.GetUtcNow().UtcTicks;
        return wait > 0 ? _settings.Delay(TimeSpan.FromTicks(wait), cancellation) : Task.CompletedTask;
    }

    private TimeSpan Accept(TimeSpan asked, HttpResponseMessage response)
    {
        var until = options.Clock.GetUtcNow() + asked;
        if (asked > _settings.LongestAskedFor)
        {
            response.Dispose();
            throw Diagnostics.RateLimited.Error(host.Value, until.ToString("u", CultureInfo.InvariantCulture));
        }
        Interlocked.Exchange(ref _notBefore, until.UtcTicks);
        return asked;
    }

    private TimeSpan? Asked(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - options.Clock.GetUtcNow() : null);
        return wait > TimeSpan.Zero ? wait : null;
    }
}
