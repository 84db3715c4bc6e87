using System.Globalization;
using System.Text.Json;

namespace Container.Sdk.Bench;

/// <summary>What a person reads, and the same as JSON: ratios and bytes. Times say more of the machine than of what ran on it.</summary>
internal static class Report
{
    private const long BigMemory = 300 << 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // The most that the container step may take of the in-box one's time, and the most that it may send of its bytes.
    private static readonly Dictionary<string, (double Step, double? Bytes)> Targets = new()
    {
        [Bench.First] = (0.7, null), [Bench.Unchanged] = (0.25, null), [Bench.Line] = (0.35, 0.02), [Bench.Empty] = (0.5, 0.02),
    };

    /// <returns>Whether all targets are reached.</returns>
    public static bool Write(IReadOnlyList<Pair> pairs, Options options)
    {
        var rows = pairs.GroupBy(p => (p.App, p.Scenario)).Select(g => Row.Of(g.Key.App, g.Key.Scenario, [.. g])).ToList();
        Console.WriteLine($"Container.Sdk against the in-box PublishContainer, in turns, median of {options.Rounds} rounds.");
        Console.WriteLine();
        Console.WriteLine("| app | scenario | container step | target | | whole command | bytes sent | in-box | ratio | target | | requests | peak memory |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var r in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {r.App} | {r.Scenario} | {r.Step:0.00} | ≤ {r.StepTarget:0.00} | {Reached(r.StepReached)} | {r.Whole:0.00} | {r.Bytes:N0} | {r.InBoxBytes:N0} | {r.BytesRatio:0.00 %} | {(r.BytesTarget is { } t ? $"≤ {t:0 %}" : "")} | {(r.BytesTarget is null ? "" : Reached(r.BytesReached))} | {r.Requests} of {r.InBoxRequests} | {r.Memory:0.00} |"));
        }
        Save(options.Output, new { Rounds = options.Rounds, Results = rows });
        return rows.All(r => r.StepReached && r.BytesReached);
    }

    /// <returns>Whether the target is reached.</returns>
    public static bool WriteBig(long memory, string output)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A publish folder of 5 GiB: {memory / 1048576.0:0} MiB at most in the whole dotnet process; target ≤ {BigMemory >> 20} MiB: {Reached(memory <= BigMemory)}."));
        Save(output, new { App = App.Big.Title, PeakMemory = memory, Target = BigMemory, Reached = memory <= BigMemory });
        return memory <= BigMemory;
    }

    public static void Save(string output, object what)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.WriteAllText(output, JsonSerializer.Serialize(what, Indented));
        Console.WriteLine();
        Console.WriteLine(output);
    }

    private static string Reached(bool reached) => reached ? "reached" : "**not reached**";

    private sealed record Row(string App, string Scenario, double Step, double StepTarget, double Whole, long Bytes, long InBoxBytes, double? BytesTarget, long Requests, long InBoxRequests, double Memory)
    {
        public bool StepReached => Step <= StepTarget;

        public double BytesRatio => (double)Bytes / InBoxBytes;

        public bool BytesReached => BytesTarget is not { } target || BytesRatio <= target;

        /// <summary>The rounds' ratios, from the least: how far they lie apart says how far they can be trusted.</summary>
        public required double[] Steps { get; init; }

        public static Row Of(string app, string scenario, Pair[] pairs)
        {
            var steps = pairs.Select(p => p.Ours.Step / p.InBox.Step).Order().ToArray();
            return new Row(
                app, scenario, Median(steps), Targets[scenario].Step, Median(pairs.Select(p => p.Ours.Whole / p.InBox.Whole)),
                (long)Median(pairs.Select(p => (double)p.Ours.Bytes)), (long)Median(pairs.Select(p => (double)p.InBox.Bytes)), Targets[scenario].Bytes,
                (long)Median(pairs.Select(p => (double)p.Ours.Requests)), (long)Median(pairs.Select(p => (double)p.InBox.Requests)),
                Median(pairs.Select(p => p.InBox.Memory == 0 ? double.NaN : (double)p.Ours.Memory / p.InBox.Memory)))
            {
                Steps = steps,
            };
        }

        private static double Median(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
