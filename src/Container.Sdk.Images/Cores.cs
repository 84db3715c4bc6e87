using System.Runtime.ExceptionServices;

namespace Container.Sdk.Images;

/// <summary>Work on all cores, and what goes wrong there as if it had gone wrong here.</summary>
internal static class Cores
{
    /// <summary>Does the work for each number from 0 to <paramref name="count"/> (exclusive); where it is little, one after the other.</summary>
    /// <param name="count">How often.</param>
    /// <param name="few">Below so many, starting threads takes longer than the work.</param>
    /// <param name="parallelism">The most at once.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void For(int count, int few, int parallelism, Action<int> work, CancellationToken cancellation)
    {
        if (count < few)
        {
            for (var i = 0; i < count; i++) work(i);
            return;
        }
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation }, work);
        }
        catch (AggregateException e)
        {
            // The first failure is the cause; others may only follow from it.
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
