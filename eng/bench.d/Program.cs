using Container.Sdk.Bench;

var options = Options.Parse(args);
using var world = new World(options.Package);
using var registry = new LocalRegistry(world.Folder, options.Tools, options.Bases);
using var wire = new CountingProxy(registry.Port);
var bench = new Bench(world, wire, options);

if (options.Big)
{
    var peak = bench.Big();
    Report.WriteBig(peak, options.Output);
    return peak <= Report.BigMemory ? 0 : 1;
}
var results = bench.Run();
return Report.Write(results, options) ? 0 : 1;
