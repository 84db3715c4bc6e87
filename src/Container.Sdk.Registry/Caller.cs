namespace Container.Sdk.Registry;

/// <summary>On whose behalf a registry is asked: who is told what happens, and how much went over the network. Safe to use from several threads.</summary>
/// <param name="reporter">Told what happens; nobody by default.</param>
public sealed class Caller(IReporter? reporter = null)
{
    private int _requests;
    private long _bytesSent;

    /// <summary>Told what happens.</summary>
    public IReporter Reporter { get; } = reporter ?? new SilentReporter();

    /// <summary>Requests, with those to token services, redirects and repeated ones.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Bytes of bodies that were sent, with those that were sent in vain.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountBytes(long bytes) => Interlocked.Add(ref _bytesSent, bytes);
}
