using System.Globalization;

namespace Container.Sdk.Registry;

/// <summary>An end for work whose single steps may each be slow without being stuck.</summary>
internal static class Deadline
{
    /// <summary>Runs work that must be done in time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="work">The work.</param>
    /// <param name="late">The exception where it is late; told the minutes.</param>
    /// <param name="cancellation">Ends it earlier.</param>
    public static async Task<T> KeepAsync<T>(TimeSpan time, Func<CancellationToken, Task<T>> work, Func<string, ContainerException> late, CancellationToken cancellation)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        source.CancelAfter(time);
        try
        {
            return await work(source.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && source.IsCancellationRequested)
        {
            throw late(time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture));
        }
    }
}
