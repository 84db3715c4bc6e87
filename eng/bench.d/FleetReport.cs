using System.Globalization;

namespace Container.Sdk.Bench;

/// <summary>What the fleet's releases took: bytes exactly, times as ratios to the in-box SDK's.</summary>
internal static class FleetReport
{
    private const double MostSent = 1.3;
    private const double MostOfInBox = 0.01;
    private static readonly TimeSpan LongestRestore = TimeSpan.FromMilliseconds(100);

    /// <returns>Whether all targets are reached.</returns>
    public static bool Write(IReadOnlyList<FleetMeasure> measures, (TimeSpan PerProject, long Requests) restore, string output)
    {
        Console.WriteLine("Twelve services, nine packages in overlapping sets, three libraries; each release of the whole fleet is one command.");
        Console.WriteLine();
        Console.WriteLine("| release | machine | made by | bytes sent | of the unique | of in-box | requests | in the registry | time |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var reached = true;
        foreach (var m in measures)
        {
            var inBox = measures.Single(o => o.Side == "in-box" && o.Release == m.Release && o.Machine == m.Machine);
            // A release sends what is new: what became unique by it.
            var before = measures.LastOrDefault(o => o.Side == m.Side && o.Machine == m.Machine && o.Stored < m.Stored && o != m && IndexOf(o) < IndexOf(m));
            var unique = m.Unique - (before?.Unique ?? 0);
            if (m.Side != "in-box" && m.Release == Fleet.First) reached &= m.Sent <= unique * MostSent;
            if (m.Side != "in-box" && m.Release == Fleet.Library) reached &= m.Sent <= inBox.Sent * MostOfInBox;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {m.Release} | {m.Machine} | {m.Side} | {m.Sent:N0} | {(double)m.Sent / unique:0.00} | {(double)m.Sent / inBox.Sent:0.0 %} | {m.Requests} | {m.Stored:N0} | {m.Whole / inBox.Whole:0.00} |"));
        }
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A restore that changes nothing: {restore.PerProject.TotalMilliseconds:0} ms more per project, {restore.Requests} requests."));
        reached &= restore.PerProject <= LongestRestore && restore.Requests == 0;
        Console.WriteLine(reached ? "All targets are reached." : "**Not all targets are reached.**");
        Report.Save(output, new { Releases = measures, NoOpRestore = restore.PerProject.TotalMilliseconds, NoOpRequests = restore.Requests });
        return reached;

        int IndexOf(FleetMeasure measure) => Array.IndexOf([.. measures], measure);
    }
}
