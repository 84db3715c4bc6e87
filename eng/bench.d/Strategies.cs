using System.Diagnostics;
using System.Text.Json;

namespace Container.Sdk.Bench;

/// <summary>What one way to an image took.</summary>
/// <param name="Way">The strategy, or <see cref="Strategies.ByHand"/>.</param>
/// <param name="First">The first image, with nothing there.</param>
/// <param name="Line">The next one after a changed line, the median.</param>
/// <param name="Sent">Bytes that were sent to the registry then, the median.</param>
/// <param name="Size">Bytes of the image's layers, compressed.</param>
internal sealed record StrategyMeasure(string Way, TimeSpan First, TimeSpan Line, long Sent, long Size);

/// <summary>The Shop's API in all seven ways, and by a usual multi-stage Dockerfile: the first image, and the one after a changed line.</summary>
internal sealed class Strategies(World world, CountingProxy wire, Options options)
{
    public const string ByHand = "by hand";

    private const string Program = "Shop/Shop.Api/Program.cs";

    private readonly string _address = $"localhost:{wire.Port}";

    public IReadOnlyList<StrategyMeasure> Run() =>
        [.. ((string[])[ByHand, "Layered", "CopyFromImage", "BaseImage", "BuildFromSource", "PackageFeed", "MultiStage", "BuilderPattern"]).Where(w => options.Apps is [] or ["hello", "packages", "content"] || options.Apps.Contains(w)).Select(Measure)];

    private StrategyMeasure Measure(string way)
    {
        Write(way);
        Prune();
        if (way is "Layered" or "CopyFromImage" or "BaseImage") PublishLibrary(way);
        wire.Take();
        var first = Time(() => Make(way));
        var times = new List<(TimeSpan Time, long Sent)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            var file = world.PathOf("Ours", way, Program);
            File.WriteAllText(file, File.ReadAllText(file).Replace("\"Shop", $"\"{round} Shop", StringComparison.Ordinal));
            wire.Take();
            times.Add((Time(() => Make(way)), wire.Take().Bytes));
        }
        var measure = new StrategyMeasure(
            way, first, times.Select(t => t.Time).Order().ElementAt(times.Count / 2), times.Select(t => t.Sent).Order().ElementAt(times.Count / 2), SizeOf(way));
        Console.Error.WriteLine(measure);
        return measure;
    }

    private void Make(string way)
    {
        if (way == ByHand)
        {
            var folder = world.PathOf("Ours", way);
            World.Run("docker", ["buildx", "build", "--network", "host", "--quiet", "--tag", $"{_address}/{Name(way)}:latest", "."], folder);
            World.Run("docker", ["push", "--quiet", $"{_address}/{Name(way)}:latest"], folder);
        }
        else
        {
            world.Dotnet(Side.Ours, $"{way}/Shop/Shop.Api", [.. Command(way), $"-p:ContainerRepository={Name(way)}"]);
        }
    }

    private void PublishLibrary(string way)
    {
        world.Dotnet(Side.Ours, $"{way}/Shop/pricing/Acme.Pricing", "publish", "-v", "quiet", "-tl:off", $"-p:ContainerRegistry={_address}", "-p:ContainerRepositoryPrefix=libs/");
        if (way == "BaseImage") world.Dotnet(Side.Ours, $"{way}/Shop/pricing/Acme.Pricing", [.. Command(way), "-p:ContainerRepositoryPrefix=libs/"]);
    }

    private string[] Command(string way) =>
    [
        "publish", "-v", "quiet", "-tl:off", "-nodeReuse:false", $"-p:ContainerStrategy={way}", $"-p:ContainerRegistry={_address}",
        "-p:ContainerRepositoryPrefix=",
        $"-p:ContainerBuildImage={options.BuildImage}", "-p:ContainerBuildNetwork=host",
        .. way == "BaseImage" ? (string[])[] : [$"-p:ContainerBaseImage={_address}/{LocalRegistry.WebBase}"],
    ];

    // A repository of its own, as a user's is: what a container compiles sees this, and nothing above it.
    private void Write(string way)
    {
        Copy(options.Samples, world.PathOf("Ours", way));
        foreach (var file in (string[])["Orders", "Hello", "Clock"]) world.Delete("Ours", way, file);
        File.Copy(world.PathOf("NuGet.config"), world.PathOf("Ours", way, "NuGet.config"), overwrite: true);
        World.Run("git", ["init", "--quiet"], world.PathOf("Ours", way));
        var global = world.PathOf("Ours", way, "global.json");
        File.WriteAllText(global, $$"""{ "msbuild-sdks": { "Container.Sdk": "{{world.Version}}" } }""");
        if (way == "BaseImage") Edit(way, "Shop/pricing/Acme.Pricing/Acme.Pricing.csproj", "</PropertyGroup>", $"<ContainerBaseImage Condition=\"'$(ContainerStrategy)' == 'BaseImage'\">{_address}/{LocalRegistry.WebBase}</ContainerBaseImage></PropertyGroup>");
        if (way is "Layered" or "CopyFromImage" or "BaseImage") return;

        // Where a container compiles, the library comes as its sources, or from a feed.
        const string Reference = "<PackageReference Include=\"Acme.Pricing\" Version=\"[1.0,2.0)\" />";
        if (way == "PackageFeed")
        {
            Edit(way, "Shop/Directory.Build.props", "<ContainerLibrarySource Include=\"Acme.*\" Registry=\"$(ContainerRegistry)\" Repository=\"libs/{id}\" />", "");
            world.Dotnet(Side.Ours, $"{way}/Shop/pricing/Acme.Pricing", "pack", "-v", "quiet", "-o", world.PathOf("Ours", way, "feed"));
            Edit(way, "NuGet.config", "</packageSources>", "<add key=\"own\" value=\"feed\" /></packageSources>");
        }
        else
        {
            Edit(way, "Shop/Shop.Api/Shop.Api.csproj", Reference, "<ProjectReference Include=\"../pricing/Acme.Pricing/Acme.Pricing.csproj\" />");
        }
        if (way != ByHand) return;
        foreach (var project in (string[])["Shop.Api/Shop.Api", "Shop.Catalog/Shop.Catalog", "Shop.Orders/Shop.Orders", "pricing/Acme.Pricing/Acme.Pricing"]) Edit(way, $"Shop/{project}.csproj", "<Sdk Name=\"Container.Sdk\" />", "");
        // Without the folder that is not in the container.
        Edit(way, "NuGet.config", $"<add key=\"packed\" value=\"{options.Package.DirectoryName}\" />", "");
        world.Write($"Ours/{way}/.dockerignore", "**/bin\n**/obj\n.git\n");
        world.Write($"Ours/{way}/Dockerfile", $"""
            FROM {options.BuildImage} AS build
            WORKDIR /src
            COPY Directory.Build.props Directory.Build.targets Directory.Packages.props NuGet.config global.json ./
            COPY Shop/Directory.Build.props Shop/
            COPY Shop/Shop.Api/Shop.Api.csproj Shop/Shop.Api/
            COPY Shop/Shop.Catalog/Shop.Catalog.csproj Shop/Shop.Catalog/
            COPY Shop/Shop.Orders/Shop.Orders.csproj Shop/Shop.Orders/
            COPY Shop/pricing/Directory.Build.props Shop/pricing/
            COPY Shop/pricing/Acme.Pricing/Acme.Pricing.csproj Shop/pricing/Acme.Pricing/
            RUN dotnet restore Shop/Shop.Api/Shop.Api.csproj
            COPY . .
            RUN dotnet publish Shop/Shop.Api/Shop.Api.csproj -c Release -o /app --no-restore
            FROM {_address}/{LocalRegistry.WebBase}
            WORKDIR /app
            COPY --from=build /app .
            USER $APP_UID
            ENTRYPOINT ["dotnet", "Shop.Api.dll"]
            """);
    }

    private void Edit(string way, string file, string old, string now)
    {
        var path = world.PathOf("Ours", way, file);
        var text = File.ReadAllText(path);
        if (!text.Contains(old, StringComparison.Ordinal)) throw new BenchException($"{file} has no '{old}'.");
        File.WriteAllText(path, text.Replace(old, now, StringComparison.Ordinal));
    }

    // Only an engine that was started for tests forgets what it has.
    private static void Prune()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST")?.Contains("/artifacts/testbed/", StringComparison.Ordinal) == true)
            World.Run("docker", ["builder", "prune", "--all", "--force"], Path.GetTempPath());
    }

    private long SizeOf(string way)
    {
        var manifest = World.Run(Path.Combine(options.Tools, "skopeo"), ["inspect", "--raw", "--tls-verify=false", $"docker://{_address}/{Name(way)}:latest"], Path.GetTempPath());
        return JsonDocument.Parse(manifest).RootElement.GetProperty("layers").EnumerateArray().Sum(l => l.GetProperty("size").GetInt64());
    }

    private static string Name(string way) => $"shop/{way.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}";

    private static TimeSpan Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.Split('/').Any(p => p is "bin" or "obj" or "images")))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
