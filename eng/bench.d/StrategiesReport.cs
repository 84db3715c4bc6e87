using System.Globalization;

namespace Container.Sdk.Bench;

/// <summary>What the strategies took: bytes exactly, times as ratios to the Dockerfile that was written by hand.</summary>
internal static class StrategiesReport
{
    /// <returns>Whether all targets are reached.</returns>
    public static bool Write(IReadOnlyList<StrategyMeasure> measures, string output)
    {
        Console.WriteLine("The Shop's API in all ways; times are those of the whole command, as ratios to docker build and push of a usual multi-stage Dockerfile.");
        Console.WriteLine();
        Console.WriteLine("| way | image | first | one changed line | bytes sent then |");
        Console.WriteLine("|---|---|---|---|---|");
        var byHand = measures[0];
        foreach (var m in measures)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {m.Way} | {m.Size:N0} | {m.First / byHand.First:0.00} | {m.Line / byHand.Line:0.00} | {m.Sent:N0} |"));
        Console.WriteLine();
        var reached = true;
        foreach (var (way, than, most) in ((string, string, double)[])[("Layered", Strategies.ByHand, 0.25), ("CopyFromImage", Strategies.ByHand, 0.25), ("MultiStage", Strategies.ByHand, 1), ("BuilderPattern", "MultiStage", 0.6)])
        {
            if (Line(way) is not { } time || Line(than) is not { } other) continue;
            reached &= time / other <= most;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way}, one changed line: {time / other:0.00} of {than}; to reach: {most:0.00}."));
        }
        Console.WriteLine(reached ? "All targets are reached." : "**Not all targets are reached.**");
        Report.Save(output, measures);
        return reached;

        TimeSpan? Line(string way) => measures.FirstOrDefault(m => m.Way == way)?.Line;
    }
}
