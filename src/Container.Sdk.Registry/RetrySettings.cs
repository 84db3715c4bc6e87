namespace Container.Sdk.Registry;

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
