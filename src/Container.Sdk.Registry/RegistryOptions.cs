using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>All that a registry client takes from its surroundings, so that nothing is read behind its back.</summary>
public sealed record RegistryOptions
{
    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Hosts (<c>host[:port]</c>) that may be spoken to without encryption or with an invalid certificate;
    /// <c>null</c>: those of <c>DOTNET_CONTAINER_INSECURE_REGISTRIES</c>.
    /// </summary>
    public IReadOnlyList<string>? InsecureHosts { get; init; }

    /// <summary>Further hosts (<c>host[:port]</c>) that credentials may be sent to as a registry's token service.</summary>
    public IReadOnlyList<string> TrustedTokenHosts { get; init; } = [];

    /// <summary>The registry that images are sent to; the environment's general pair of credentials is for it alone.</summary>
    public RegistryHost? OutputRegistry { get; init; }

    /// <summary>Where credentials come from; <c>null</c>: the environment, then what <c>docker login</c> and <c>podman login</c> wrote.</summary>
    public ICredentialProvider? Credentials { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often and when a failed request is sent again.</summary>
    public RetrySettings Retry { get; init; } = new();

    /// <summary>A request or an answer of which no byte moves for so long is given up, and counts as a try.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait for a registry's consent to a large body (100-continue) before it is sent all the same.</summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that resolving or delivering one image may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Whether the user has allowed to speak to the host without encryption. Both separators are taken: the documentation of
    /// the .NET SDK says ',', its code splits at ';'.
    /// </summary>
    public bool IsInsecure(RegistryHost host)
    {
        var listed = InsecureHosts
            ?? (Environment("DOTNET_CONTAINER_INSECURE_REGISTRIES") ?? "").Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var entry in listed)
            if (string.Equals(entry, host.Value, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

/// <summary>How often and when a failed request is sent again.</summary>
public sealed record RetrySettings
{
    /// <summary>How often a request is sent at most.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>The longest pause before the second try; it doubles with each.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause of all.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause that a registry may ask for with <c>Retry-After</c>; beyond it the request fails at once.</summary>
    public TimeSpan LongestAskedFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an image that was just sent may take to appear (Docker Hub, ECR and GHCR have such a lag).</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How to wait.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;

    /// <summary>A number from 0 to 1 by which a pause is shortened, so that many machines do not come back at once.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>The pause after a try, counted from 1.</summary>
    internal TimeSpan PauseAfter(int attempt) =>
        Jitter() * TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempt - 1, 20)));
}
