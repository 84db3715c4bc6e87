using Container.Sdk.Bench;

var options = Options.Parse(args);
try
{
    var world = new World(options.Folder, options.Package);
    using var registry = new LocalRegistry(world.Folder, options.Tools, options.Bases);
    using var wire = new CountingProxy(registry.Port);
    if (options.Fleet)
    {
        var fleet = new Fleet(world, registry, wire);
        return FleetReport.Write(fleet.Run(), fleet.NoOpRestore(), options.Output) ? 0 : 1;
    }
    if (options.Strategies) return StrategiesReport.Write(new Strategies(world, wire, options).Run(), options.Output) ? 0 : 1;
    var bench = new Bench(world, wire, options);
    return (options.Big ? Report.WriteBig(bench.Big(), options.Output) : Report.Write(bench.Run(), options)) ? 0 : 1;
}
catch (BenchException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
