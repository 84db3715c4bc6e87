using System.IO.Compression;
using System.Security.Cryptography;

namespace Container.Sdk.Bench;

/// <summary>What one release of the whole fleet took.</summary>
/// <param name="Release">What was released.</param>
/// <param name="Machine">Whether the machine still had its caches.</param>
/// <param name="Side">Who made the images; ours with and without a shared layer repository.</param>
/// <param name="Whole">The whole command.</param>
/// <param name="Sent">Bytes that were sent to the registry.</param>
/// <param name="Requests">Requests to the registry.</param>
/// <param name="Stored">Bytes in the registry afterwards, without the base.</param>
/// <param name="Unique">Bytes of every distinct file that the fleet has published so far, compressed once.</param>
internal sealed record FleetMeasure(string Release, string Machine, string Side, TimeSpan Whole, long Sent, long Requests, long Stored, long Unique);

/// <summary>Twelve services with different, overlapping sets of packages, and three libraries that they share.</summary>
internal sealed class Fleet(World world, LocalRegistry registry, CountingProxy wire)
{
    public const string First = "first release", Library = "one changed library", Package = "one updated package";

    private const int Services = 12;

    private static readonly (string Id, string Version)[] Packages =
    [
        ("Newtonsoft.Json", "13.0.3"), ("Serilog", "3.1.1"), ("Dapper", "2.1.86"), ("FluentValidation", "11.11.0"), ("Google.Protobuf", "3.25.1"),
        ("Npgsql", "10.0.0"), ("OpenTelemetry", "1.20.1"), ("Microsoft.Extensions.Hosting", "10.0.14"), ("MassTransit", "9.2.6"),
    ];

    private static readonly string[] Libraries = ["Acme.Pricing", "Acme.Stock", "Acme.Text"];

    private readonly string _address = $"localhost:{wire.Port}";
    private readonly Dictionary<string, long> _files = new(StringComparer.Ordinal);
    private string _changed = "1.0.0", _json = "13.0.3";

    /// <summary>Releases the fleet in every way, each way from nothing.</summary>
    public IReadOnlyList<FleetMeasure> Run()
    {
        var measures = new List<FleetMeasure>();
        foreach (var (side, shared, machine) in ((Side, bool, string)[])[(Side.InBox, false, "warm"), (Side.InBox, false, "empty"), (Side.Ours, false, "warm"), (Side.Ours, false, "empty"), (Side.Ours, true, "warm"), (Side.Ours, true, "empty")])
        {
            registry.Clear();
            world.Forget(side);
            world.Delete($"{side}");
            (_changed, _json) = ("1.0.0", "13.0.3");
            _files.Clear();
            foreach (var release in (string[])[First, Library, Package])
            {
                if (release == Library) _changed = "1.0.1";
                if (release == Package) _json = "13.0.4";
                Write(side);
                if (machine == "empty") Empty(side);
                foreach (var library in Libraries.Where(l => release == First || (release == Library && l == Libraries[0]))) PublishLibrary(side, library);
                wire.Take();
                var (whole, _) = world.Dotnet(side, "fleet", Command(side, shared));
                var (sent, requests) = wire.Take();
                measures.Add(new FleetMeasure(release, machine, side == Side.InBox ? "in-box" : shared ? "layer repository" : "Container.Sdk", whole, sent, requests, registry.Size, Unique(side)));
                Console.Error.WriteLine($"{measures[^1]}");
            }
        }
        return measures;
    }

    /// <summary>What a restore that changes nothing takes more, per project, and the requests that it makes.</summary>
    public (TimeSpan PerProject, long Requests) NoOpRestore()
    {
        wire.Take();
        var log = world.PathOf("restore.binlog");
        world.Dotnet(Side.Ours, "fleet", "restore", "-v", "quiet", "-tl:off", "-m:1", $"-bl:{log}", $"-p:ContainerRegistry={_address}");
        return (BuildTime.OfContainerStep(log) / Services, wire.Take().Requests);
    }

    private string[] Command(Side side, bool shared) =>
    [
        "publish", "Fleet.slnx", "-v", "quiet", "-tl:off", "-nodeReuse:false",
        .. side == Side.InBox ? ["-t:PublishContainer"] : (string[])["-p:ContainerStrategy=CopyFromImage", $"-p:ContainerLayerRepository={(shared ? "layers" : "")}"],
        $"-p:ContainerBaseImage={_address}/{LocalRegistry.BaseImage}", $"-p:ContainerRegistry={_address}",
    ];

    // Ours travels as an image; in-box, a package feed beside the registry has it.
    private void PublishLibrary(Side side, string library) => world.Dotnet(
        side, $"libraries/{library}", side == Side.Ours
            ? ["publish", "-v", "quiet", "-tl:off", "-nodeReuse:false", "-p:ContainerStrategy=CopyFromImage", $"-p:ContainerRegistry={_address}"]
            : ["pack", "-c", "Release", "-v", "quiet", "-tl:off", "-nodeReuse:false", "-o", world.PathOf($"{side}", "feed")]);

    private void Empty(Side side)
    {
        world.Forget(side);
        foreach (var folder in Directory.EnumerateDirectories(world.PathOf($"{side}"), "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is "bin" or "obj").ToList())
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private void Write(Side side)
    {
        var sdk = side == Side.Ours ? $"<Sdk Name=\"Container.Sdk\" Version=\"{world.Version}\" />" : "";
        world.Write($"{side}/Directory.Build.props", $"""
            <Project>
              <PropertyGroup><UseSharedCompilation>false</UseSharedCompilation><RestoreAdditionalProjectSources>{(side == Side.InBox ? world.PathOf($"{side}", "feed") : "")}</RestoreAdditionalProjectSources></PropertyGroup>
              <ItemGroup><ContainerLibrarySource Include="Acme.**" Registry="{_address}" Repository="libs/{"{id}"}" /></ItemGroup>
            </Project>
            """);
        foreach (var library in Libraries)
        {
            var version = library == Libraries[0] ? _changed : "1.0.0";
            world.Write($"{side}/libraries/{library}/{library}.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  {sdk}
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><Version>{version}</Version><ContainerImageKind>Library</ContainerImageKind></PropertyGroup>
                </Project>
                """);
            world.Write($"{side}/libraries/{library}/Code.cs", $"namespace {library}; public static class Code {{ public static string Version => \"{version}\"; }}");
        }
        for (var i = 0; i < Services; i++)
        {
            // Each takes five packages from another place in the list, and two of the three libraries.
            var packages = Enumerable.Range(i, 5).Select(n => Packages[n % Packages.Length]).Select(p => p.Id == "Newtonsoft.Json" ? (p.Id, Version: _json) : p);
            var libraries = Libraries.Where((_, n) => n != i % 3).Select(l => (Id: l, Version: l == Libraries[0] ? _changed : "1.0.0")).ToList();
            world.Write($"{side}/fleet/service{i}/service{i}.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  {sdk}
                  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><NoWarn>$(NoWarn);NU1603;NU1605</NoWarn></PropertyGroup>
                  <ItemGroup>{string.Concat(packages.Concat(libraries).Select(p => $"<PackageReference Include=\"{p.Id}\" Version=\"{p.Version}\" />"))}</ItemGroup>
                </Project>
                """);
            world.Write($"{side}/fleet/service{i}/Program.cs", $"System.Console.WriteLine({libraries[0].Id}.Code.Version + {libraries[1].Id}.Code.Version);");
        }
        world.Write($"{side}/fleet/Fleet.slnx", $"<Solution>{string.Concat(Enumerable.Range(0, Services).Select(i => $"<Project Path=\"service{i}/service{i}.csproj\" />"))}</Solution>");
    }

    private long Unique(Side side)
    {
        for (var i = 0; i < Services; i++)
        {
            foreach (var file in new DirectoryInfo(world.PathOf($"{side}", "fleet", $"service{i}", "bin", "Release", "net10.0", "publish")).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var bytes = File.ReadAllBytes(file.FullName);
                var hash = Convert.ToHexString(SHA256.HashData(bytes));
                if (!_files.ContainsKey(hash)) _files[hash] = Compressed(bytes);
            }
        }
        return _files.Values.Sum();
    }

    private static long Compressed(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return output.Length;
    }
}
