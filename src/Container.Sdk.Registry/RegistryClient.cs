using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>
/// A registry over HTTP. One client is made per registry and build: it keeps the connections, the tokens and what it has
/// learned of the registry. Safe to use from several threads.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private readonly Wire _wire;
    private readonly Retrier _retrier;
    private readonly Authenticator _authenticator;
    private readonly SemaphoreSlim _finding = new(1, 1);
    private volatile Connection? _connection;

    /// <summary>A client for a registry. Nothing is sent before the first request.</summary>
    public RegistryClient(RegistryHost host, RegistryOptions options)
    {
        (Host, Options) = (host, options);
        _wire = new Wire(host, options);
        _retrier = new Retrier(host, options);
        _authenticator = new Authenticator(host, options, _wire, new TokenService(host, _wire, _retrier, options));
        Uploads = new UploadSettings(host, options.Environment);
    }

    /// <summary>The registry.</summary>
    public RegistryHost Host { get; }

    /// <summary>What the client was made with.</summary>
    public RegistryOptions Options { get; }

    internal UploadSettings Uploads { get; }

    internal Retrier Retrier => _retrier;

    /// <summary>A repository of the registry.</summary>
    /// <param name="name">The repository.</param>
    /// <param name="access">Whether it is only read; this decides on the credentials and on the token's scope.</param>
    /// <param name="caller">On whose behalf; <c>null</c>: nobody's.</param>
    public RegistryRepository Open(RepositoryName name, RegistryAccess access, Caller? caller = null) =>
        new(this, name, access, caller ?? new Caller());

    /// <summary>Sends a request, as often as it may and need be.</summary>
    /// <returns>The answer, of any status.</returns>
    internal Task<HttpResponseMessage> SendAsync(Call call, CancellationToken cancellation) =>
        _retrier.RunAsync(call, c => TryAsync(call, c), cancellation);

    /// <summary>Sends a request once.</summary>
    internal async Task<Outcome> TryAsync(Call call, CancellationToken cancellation)
    {
        var connection = await ConnectAsync(call.Caller, cancellation).ConfigureAwait(false);
        var outcome = await _authenticator.SendAsync(call, connection.Realms, cancellation).ConfigureAwait(false);
        foreach (var warning in outcome.Response?.All("Warning") ?? []) connection.Tell(warning, Host, call.Caller.Reporter);
        return outcome;
    }

    /// <summary>What a refusal means, as an exception. The answer's body is read.</summary>
    internal async Task<ContainerException> RefusalAsync(Call call, HttpResponseMessage response, ErrorBody? read, CancellationToken cancellation)
    {
        var body = read ?? await ErrorBody.ReadAsync(response, Options.IdleTimeout, cancellation).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var credential = call.Access is { } access ? await _authenticator.CredentialAsync(access, cancellation).ConfigureAwait(false) : null;
        // With credentials that were good enough for a token, 401 says that the token allows too little.
        var tooLittle = status == 401 && credential is not null
            && response.First("WWW-Authenticate")?.Contains("insufficient_scope", StringComparison.Ordinal) == true;
        if (status == 403 || tooLittle) return Diagnostics.Forbidden.Error(Host.Value, call.Access?.ToString() ?? call.ToString());
        if (status == 401) return Diagnostics.Unauthorized.Error(Host.Value, credential?.ToString() ?? "access without credentials", body.Text);
        if (status == 404 && body.Code == "NAME_UNKNOWN" && call.Access is { Kind: RegistryAccess.Push, Repository: var repository })
            return Diagnostics.RepositoryRefused.Error(Host.Value, repository.Value, body.Text);
        // What the registry does not like today it does not like in a minute either; what it cannot do now it may.
        var refused = Diagnostics.RegistryError with { Transient = status is >= 500 or 408 or 425 or 429 };
        return refused.Error(Host.Value, body.Code.Length > 0 ? $"{status} {body.Code}" : $"{status}", call.ToString(), body.Text);
    }

    /// <summary>Finds the registry; only the first time with a request.</summary>
    internal async Task<Connection> ConnectAsync(Caller caller, CancellationToken cancellation)
    {
        if (_connection is { } connected) return connected;
        await _finding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_connection is { } found) return found;
            var (origin, answer) = await new OriginFinder(Host, Options, _wire, _retrier).FindAsync(caller, cancellation).ConfigureAwait(false);
            if (answer is not null)
            {
                // The question about the scheme has also answered what the registry wants to see.
                _authenticator.Learn(answer);
                answer.Dispose();
            }
            return _connection = new Connection(origin, new RealmPolicy(Host, origin, Options.TrustedTokenHosts));
        }
        finally
        {
            _finding.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _authenticator.Dispose();
        _wire.Dispose();
        _finding.Dispose();
        Uploads.Dispose();
    }

    /// <summary>What is known of the registry once it is found.</summary>
    internal sealed record Connection(Uri Origin, RealmPolicy Realms)
    {
        private readonly HashSet<string> _told = new(StringComparer.Ordinal);

        /// <summary>Passes a warning of the registry on, each one once (distribution specification, "Warnings").</summary>
        public void Tell(string warning, RegistryHost host, IReporter reporter)
        {
            if (!warning.StartsWith("299 - \"", StringComparison.Ordinal) || warning.Length > 4096) return;
            lock (_told)
                if (_told.Count > 20 || !_told.Add(warning)) return;
            reporter.Detail($"{host} says: {Diagnostic.Printable(warning[7..].TrimEnd('"')).Replace('\n', ' ')}");
        }
    }
}
