using System.Collections.Concurrent;

namespace Container.Sdk.Registry.Tests;

/// <summary>Options for a test: no environment, no pauses, and everything that is said is kept.</summary>
internal sealed class Surroundings : IReporter
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    /// <summary>The variables of the environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>All that was reported.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The pauses that were made, without waiting.</summary>
    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    /// <summary>The options.</summary>
    public RegistryOptions Options => new()
    {
        Environment = name => Environment.GetValueOrDefault(name),
        Credentials = Credential is null ? null : new FixedCredentials(Credential),
        IdleTimeout = TimeSpan.FromSeconds(5),
        Retry = new RetrySettings
        {
            Jitter = () => 1,
            Delay = (pause, _) =>
            {
                _pauses.Enqueue(pause);
                return Task.CompletedTask;
            },
        },
    };

    /// <summary>What every registry gets; <c>null</c>: what the environment says.</summary>
    public Credential? Credential { get; init; }

    public void Detail(string text) => _lines.Enqueue(text);

    public void Progress(string text) => _lines.Enqueue(text);

    public void Warn(Diagnostic diagnostic, params object?[] args) => _lines.Enqueue(diagnostic.Format(args));

    private sealed class FixedCredentials(Credential credential) : ICredentialProvider
    {
        public Task<Credential?> FindAsync(RegistryHost host, RepositoryName repository, RegistryAccess access, CancellationToken cancellation) =>
            Task.FromResult<Credential?>(credential);
    }
}
