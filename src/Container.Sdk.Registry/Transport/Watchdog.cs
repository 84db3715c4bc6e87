namespace Container.Sdk.Registry;

/// <summary>
/// Ends an exchange of which no byte moves. HttpClient's own time-out knows only the time until the headers, and counts a
/// large upload that moves as if it did not.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _outer;
    private readonly TimeSpan _patience;

    public Watchdog(TimeSpan patience, CancellationToken outer)
    {
        (_patience, _outer) = (patience, outer);
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        Touch();
    }

    /// <summary>Ends when nothing moved for too long, and when the outer one does.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the patience that ended.</summary>
    public bool Barked => _source.IsCancellationRequested && !_outer.IsCancellationRequested;

    /// <summary>Something moved.</summary>
    public void Touch() => _source.CancelAfter(_patience);

    /// <summary>
    /// All of a body of this size is sent. The registry may now copy it to its storage without a word: a second for each 16 MiB.
    /// </summary>
    public void AwaitAnswerTo(long bytes) => _source.CancelAfter(_patience + TimeSpan.FromSeconds(bytes >> 24));

    /// <summary>The next move is not the registry's.</summary>
    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
