using Microsoft.Build.Logging.StructuredLogger;

namespace Container.Sdk.Bench;

/// <summary>Reads from a binary log how long the container step took.</summary>
internal static class BuildTime
{
    /// <summary>
    /// The time in which a target of Container.Sdk's or of the in-box container files ran; what runs within another is
    /// counted once.
    /// </summary>
    public static TimeSpan OfContainerStep(string binlog)
    {
        var spans = new List<(DateTime Start, DateTime End)>();
        BinaryLog.ReadBuild(binlog).VisitAllChildren<Target>(target =>
        {
            if (IsContainerFile(target.SourceFilePath)) spans.Add((target.StartTime, target.EndTime));
        });
        var (sum, until) = (TimeSpan.Zero, DateTime.MinValue);
        foreach (var (start, end) in spans.Order())
        {
            if (end <= until) continue;
            sum += end - (start > until ? start : until);
            until = end;
        }
        return sum;
    }

    private static bool IsContainerFile(string? path) =>
        path is not null && (path.Contains("/container.sdk/", StringComparison.OrdinalIgnoreCase) || path.EndsWith("Microsoft.NET.Build.Containers.targets", StringComparison.Ordinal));
}
