using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// Sends requests with what the registry wants to see: nothing, Basic, or a token. Nobody is asked for credentials before
/// the registry has asked for them.
/// </summary>
internal sealed class Authenticator(RegistryHost host, RegistryOptions options, Wire wire, TokenService tokens) : IDisposable
{
    private readonly ICredentialProvider _credentials = options.Credentials ?? new DefaultCredentials(options.Environment, options.OutputRegistry);
    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private volatile Challenge? _challenge;

    /// <summary>Sends a request once; after a 401 with new credentials, once more.</summary>
    public async Task<Outcome> SendAsync(Call call, RealmPolicy realms, CancellationToken cancellation)
    {
        var used = await HeaderAsync(call, realms, refused: null, cancellation).ConfigureAwait(false);
        var outcome = await wire.SendAsync(call, used, cancellation).ConfigureAwait(false);
        // The storage behind a redirect has its own rules, and no say in who gets our credentials.
        if (outcome.Response is not { } response || (int)response.StatusCode != 401 || !outcome.Answerer!.MayCarryCredentials) return outcome;
        // To give an upload up, distribution wants a token for 'delete', and such a one is never asked for (see Access).
        if (call.Method == HttpMethod.Delete) return outcome;
        Learn(response);
        var renewed = await HeaderAsync(call, realms, used, cancellation).ConfigureAwait(false);
        // Half of an upload cannot be sent again: whoever sends it starts anew, and finds the new token.
        if (renewed is null || renewed == used || !call.Replayable) return outcome;
        response.Dispose();
        return await wire.SendAsync(call, renewed, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes the challenge out of an answer.</summary>
    public void Learn(HttpResponseMessage response)
    {
        Challenge? best = null;
        foreach (var header in response.All("WWW-Authenticate"))
        {
            foreach (var challenge in Challenge.Parse(header))
            {
                if (challenge.Scheme == "bearer" && challenge["realm"] is not null) best = challenge;
                else if (challenge.Scheme == "basic") best ??= challenge;
            }
        }
        if (best is not null) _challenge = best;
    }

    /// <summary>Who we are, for messages.</summary>
    public async Task<Credential?> CredentialAsync(Access access, CancellationToken cancellation) =>
        _challenge is null ? null : await _credentials.FindAsync(host, access.Repository, access.Kind, cancellation).ConfigureAwait(false);

    private Task<string?> HeaderAsync(Call call, RealmPolicy realms, string? refused, CancellationToken cancellation) =>
        _challenge is { } challenge && call.Access is { } access && call.Target.MayCarryCredentials
            ? HeaderAsync(call, challenge, access, realms, refused, cancellation)
            : Task.FromResult<string?>(null);

    private async Task<string?> HeaderAsync(
        Call call, Challenge challenge, Access access, RealmPolicy realms, string? refused, CancellationToken cancellation)
    {
        if (challenge.Scheme == "basic") return (await CredentialAsync(access, cancellation).ConfigureAwait(false))?.ToBasic();

        var key = string.Join(' ', access.Scopes);
        await _oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // While this one waited, another may have renewed the token that was refused.
            if (_tokens.TryGetValue(key, out var token) && token.IsGood(options.Clock.GetUtcNow()) && token.ToBearer() != refused) return token.ToBearer();
            var credential = await CredentialAsync(access, cancellation).ConfigureAwait(false);
            token = await tokens.GetAsync(challenge, realms, access, credential, call.Caller, cancellation).ConfigureAwait(false);
            _tokens[key] = token;
            return token.ToBearer();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();
}
