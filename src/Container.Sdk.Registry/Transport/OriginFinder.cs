using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// Finds out whether a registry speaks http or https. Anything but https is only for this machine and for the hosts that the
/// user has named; for all others no question is asked.
/// </summary>
internal sealed class OriginFinder(RegistryHost host, RegistryOptions options, Wire wire, Retrier retrier)
{
    private Uri Encrypted { get; } = new($"https://{host.ApiHost}");

    private Uri Plain { get; } = new($"http://{host.ApiHost}");

    /// <summary>The registry's address, and its answer where it had to be asked.</summary>
    public Task<FoundOrigin> FindAsync(Caller caller, CancellationToken cancellation)
    {
        // A registry on this machine is a developer's and nearly always http, and the first question should be the last.
        if (host.IsLoopback) return FindAsync(Plain, Encrypted, caller, cancellation);
        if (options.IsInsecure(host)) return FindAsync(Encrypted, Plain, caller, cancellation);
        return Task.FromResult(new FoundOrigin(Encrypted, null));
    }

    private async Task<FoundOrigin> FindAsync(Uri first, Uri second, Caller caller, CancellationToken cancellation)
    {
        var call = new Call(HttpMethod.Get, Passage.ToRegistry(first, "/v2/"), caller);
        var origin = first;
        var answer = await retrier.RunAsync(call, Ask, cancellation).ConfigureAwait(false);
        return new FoundOrigin(origin, answer);

        async Task<Outcome> Ask(CancellationToken c)
        {
            var one = await wire.SendAsync(call, null, c).ConfigureAwait(false);
            origin = first;
            if (IsRegistry(one)) return one;
            var other = await wire.SendAsync(call with { Target = Passage.ToRegistry(second, "/v2/") }, null, c).ConfigureAwait(false);
            // Where neither is a registry, the answer of the usual way says more.
            if (!IsRegistry(other) && one.Response is not null) return one;
            origin = second;
            return other.Response is null && one.Error is not null ? one : other;
        }
    }

    // Go's servers answer 400 to http on a port for https; nginx too.
    private static bool IsRegistry(Outcome outcome) => outcome.Response is { } response && (int)response.StatusCode is not 400;
}

/// <summary>Where a registry answers.</summary>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Answer">Its answer, where it had to be asked.</param>
internal sealed record FoundOrigin(Uri Origin, HttpResponseMessage? Answer);
