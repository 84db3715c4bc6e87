using System.Globalization;

namespace Container.Sdk.Bench;

/// <summary>What one publish took.</summary>
/// <param name="Whole">The whole command.</param>
/// <param name="Step">The container step in it.</param>
/// <param name="Bytes">Bytes that were sent to the registry.</param>
/// <param name="Requests">Requests to the registry.</param>
/// <param name="Memory">The most memory that the process had.</param>
internal sealed record Measure(TimeSpan Whole, TimeSpan Step, long Bytes, long Requests, long Memory);

/// <summary>The same publish by both.</summary>
internal sealed record Pair(string App, string Scenario, int Round, Measure Ours, Measure InBox);

/// <summary>Publishes, both sides in turns, so that what else the machine does falls on both.</summary>
internal sealed class Bench(World world, CountingProxy wire, Options options)
{
    public const string First = "first publish", Unchanged = "unchanged", Line = "one line", Empty = "one line, empty machine";

    private readonly string _address = $"localhost:{wire.Port}";

    public IReadOnlyList<Pair> Run()
    {
        var pairs = new List<Pair>();
        foreach (var app in App.All.Where(a => options.Apps.Contains(a.Name)))
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                app.Write(world, side);
                world.Dotnet(side, app.Name, "restore");
            }
            // Round 0 is not counted: it brings what both read from the disk into memory.
            for (var round = pairs.Count == 0 ? 0 : 1; round <= options.Rounds; round++)
            {
                foreach (var scenario in round == 0 ? [First] : (string[])[First, Unchanged, Line, Empty])
                {
                    var pair = new Pair(app.Name, scenario, round, Publish(app, Side.Ours, scenario, round), Publish(app, Side.InBox, scenario, round));
                    if (round > 0) pairs.Add(pair);
                    Console.Error.WriteLine($"{app.Name}, round {round} of {options.Rounds}, {scenario}: step {pair.Ours.Step / pair.InBox.Step:0.00}");
                }
            }
            Console.Error.WriteLine($"{app.Name}: {world.Count($"{Side.InBox}", app.Name, "bin", "Release", "net10.0", "linux-x64", "publish")}");
            foreach (var side in Enum.GetValues<Side>()) world.Delete($"{side}", app.Name);
        }
        return pairs;
    }

    /// <summary>Publishes 5 GiB with Container.Sdk.</summary>
    /// <returns>The most memory that the process had.</returns>
    public long Big()
    {
        App.Big.Write(world, Side.Ours);
        world.Dotnet(Side.Ours, App.Big.Name, "restore");
        return Publish(App.Big, Side.Ours, First, 1).Memory;
    }

    private Measure Publish(App app, Side side, string scenario, int round)
    {
        Prepare(app, side, scenario, round);
        var log = Log(app, side, scenario, round);
        wire.Take();
        var (whole, memory) = world.Dotnet(side, app.Name,
        [
            "publish", "-v", "quiet", "-tl:off", $"-bl:{log}",
            // All in one process, whose memory it is.
            "-m:1", "-nodeReuse:false",
            .. side == Side.InBox ? ["-t:PublishContainer"] : Array.Empty<string>(),
            $"-p:ContainerBaseImage={_address}/{LocalRegistry.BaseImage}", $"-p:ContainerRegistry={_address}",
            // A repository of its own for each round, so that each begins with nothing.
            $"-p:ContainerRepository={app.Name}-{side.ToString().ToLowerInvariant()}-{round}",
        ]);
        var (bytes, requests) = wire.Take();
        return new Measure(whole, BuildTime.OfContainerStep(log), bytes, requests, memory);
    }

    private void Prepare(App app, Side side, string scenario, int round)
    {
        if (scenario != Unchanged) app.Change(world, side, round * 10 + (scenario == First ? 0 : scenario == Line ? 1 : 2));
        if (scenario is not (First or Empty)) return;
        world.Forget(side);
        world.Delete($"{side}", app.Name, "bin");
        world.Delete($"{side}", app.Name, "obj", "Release");
    }

    private string Log(App app, Side side, string scenario, int round)
    {
        var folder = Directory.CreateDirectory(options.Keep ?? world.PathOf("logs")).FullName;
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{app.Name}-{scenario.Replace(", ", "-").Replace(' ', '-')}-{side}-{round}.binlog"));
    }
}
