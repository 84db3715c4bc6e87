namespace Container.Sdk.Registry;

/// <summary>Counts what goes over the network. Safe to use from several threads.</summary>
public sealed class TrafficMeter
{
    private int _requests;
    private long _bytesSent;

    /// <summary>Requests, with those to token services, redirects and repeated ones.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Bytes of bodies that were sent, with those that were sent in vain.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountBytes(long bytes) => Interlocked.Add(ref _bytesSent, bytes);
}
