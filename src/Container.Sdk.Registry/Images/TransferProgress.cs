using System.Globalization;

namespace Container.Sdk.Registry;

/// <summary>Tells how far a long transfer is: a line now and then, and none for a short one.</summary>
internal sealed class TransferProgress(string what, long size, IReporter reporter, TimeProvider clock)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly long _start = clock.GetTimestamp();
    private long _done;
    private int _lines;

    /// <summary>So many bytes more were sent; or fewer, where they were sent in vain. Not called by two threads at once.</summary>
    public void Add(long bytes)
    {
        _done += bytes;
        if (bytes <= 0 || clock.GetElapsedTime(_start) < Silence * (_lines + 1)) return;
        _lines = (int)(clock.GetElapsedTime(_start) / Silence);
        reporter.Progress(string.Create(CultureInfo.InvariantCulture, $"sending {what}: {_done / 1e6:0.0} of {size / 1e6:0.0} MB ({100 * _done / Math.Max(size, 1)} %)"));
    }
}
