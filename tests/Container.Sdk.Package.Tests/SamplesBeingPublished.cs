using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>Each sample is published as it stands, with the packed version, and run.</summary>
[TestClass]
public sealed class SamplesBeingPublished
{
    [TestMethod]
    public void Hello_greets_as_the_user_of_the_base()
    {
        using var repository = new EngineRepository();
        using var sandbox = Sample("Hello");
        sandbox.Publish("Hello", repository.Properties).SucceededQuietly();
        StringAssert.StartsWith(repository.Run().Succeeded().Output, "Hello from app on .NET 10.");
        Assert.AreEqual("1654", Testbed.Docker("inspect", "--format", "{{.Config.User}}", $"{repository.Name}:latest").Succeeded().Output.Trim());
    }

    [TestMethod]
    public void The_history_of_an_image_is_its_table_of_contents()
    {
        using var repository = new EngineRepository();
        using var sandbox = Sample("Orders");
        sandbox.Publish("Orders/Orders.Api", repository.Properties).SucceededQuietly();
        var history = Testbed.Docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", $"{repository.Name}:latest").Succeeded().Output;
        var own = history.Split('\n').Where(l => l.StartsWith("Container.Sdk: ", StringComparison.Ordinal)).Select(l => l["Container.Sdk: ".Length..].Split(", ")[0]).ToList();
        Expect.Sequence(own.Take(4), "application", "program host", "static web assets", "project Orders.Core");
        CollectionAssert.Contains(own, "package Npgsql 10.0.0");
    }

    [TestMethod]
    public void Clock_tells_the_time_as_a_single_file()
    {
        using var repository = new EngineRepository();
        using var sandbox = Sample("Clock");
        sandbox.Publish("Clock", [$"-p:ContainerBaseImage={Testbed.Base("runtime-deps")}", .. repository.Properties]).SucceededQuietly();
        using var container = new RunningContainer($"{repository.Name}:latest");
        container.WaitUntil(() => container.Log.Contains("It is ", StringComparison.Ordinal));
        Assert.AreEqual("[/app/Clock]", Testbed.Docker("inspect", "--format", "{{.Config.Entrypoint}}", $"{repository.Name}:latest").Succeeded().Output.Trim());
    }

    [TestMethod]
    public void Orders_serves_its_requests_and_its_static_files_from_a_registry()
    {
        using var sandbox = Sample("Orders");
        var prefix = $"samples/{Guid.NewGuid():N}/";
        var image = $"{Testbed.Registry}/{prefix}shop/orders-api:1.4.0";
        sandbox.Publish(
            "Orders/Orders.Api", $"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepositoryPrefix={prefix}", $"-p:ContainerBaseImage={Testbed.Base("aspnet")}").SucceededQuietly();
        var port = RecordingProxy.FreePort();
        using var container = new RunningContainer(image, "-e", $"ASPNETCORE_HTTP_PORTS={port}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        container.WaitUntil(() => Get(client, "/") == "Orders, version 1");
        Assert.AreEqual("""{"id":3,"item":"A layer cake","total":37.5}""", Get(client, "/orders/3"));
        StringAssert.Contains(Get(client, "/about.html"), "Static files have a layer of their own.");
        Testbed.Docker("rmi", "--force", image);
    }

    [TestMethod]
    public void Shop_serves_and_works_with_a_library_that_came_as_an_image_from_a_registry()
    {
        using var sandbox = Sample("Shop");
        var prefix = $"samples/{Guid.NewGuid():N}/";
        UseRepositories(sandbox, prefix);
        sandbox.Publish("Shop/pricing", $"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepositoryPrefix={prefix}libs/").SucceededQuietly();
        sandbox.Publish("Shop", $"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepositoryPrefix={prefix}shop/", $"-p:ContainerBaseImage={Testbed.Base("aspnet")}").SucceededQuietly();

        var (api, worker) = ($"{Testbed.Registry}/{prefix}shop/shop-api", $"{Testbed.Registry}/{prefix}shop/shop-worker");
        var port = RecordingProxy.FreePort();
        using var container = new RunningContainer(api, "-e", $"ASPNETCORE_HTTP_PORTS={port}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        container.WaitUntil(() => Get(client, "/") == "Shop, 2 articles");
        Assert.AreEqual("""[{"id":1,"name":"A layer cake","price":14.88},{"id":2,"name":"A thin wafer","price":0.95}]""", Get(client, "/prices"));
        Assert.AreEqual("The stock is worth 158.64", Testbed.Docker("run", "--rm", "--network", "host", worker, "--once").Succeeded().Output.Split('\n').First(l => l.StartsWith("The stock", StringComparison.Ordinal)));
        Testbed.Docker("rmi", "--force", api, worker);
    }

    [TestMethod]
    public void Shop_has_the_librarys_own_layer_in_both_services_and_sends_nothing_of_it()
    {
        using var sandbox = Sample("Shop");
        sandbox.Publish("Shop/pricing").SucceededQuietly();
        foreach (var service in Services) sandbox.Publish($"Shop/{service}", $"-p:ContainerBaseImage={Testbed.Base("aspnet")}").SucceededQuietly();
        var own = LibraryLayer(sandbox, "Shop/pricing/Acme.Pricing");
        Assert.AreEqual("sent", (string?)own["transfer"]);
        foreach (var layer in Services.Select(s => LibraryLayer(sandbox, $"Shop/{s}")))
        {
            Assert.AreEqual((string?)own["digest"], (string?)layer["digest"]);
            Assert.AreEqual("reused", (string?)layer["transfer"]);
        }
    }

    [TestMethod]
    public void All_samples_are_tested_here() => Expect.Sequence(
        new DirectoryInfo(Path.Combine(PackedPackage.Root, "samples")).EnumerateDirectories().Select(d => d.Name).Order(StringComparer.Ordinal),
        "Clock", "Hello", "Orders", "Shop");

    private static readonly string[] Services = ["Shop.Api", "Shop.Worker"];

    // The registry is everybody's: this run's library has a repository of its own.
    private static void UseRepositories(Sandbox sandbox, string prefix)
    {
        var properties = File.ReadAllText(sandbox.PathOf("Shop/Directory.Build.props"));
        sandbox.Write("Shop/Directory.Build.props", properties.Replace("\"libs/{id}\"", $"\"{prefix}libs/{{id}}\"", StringComparison.Ordinal));
        Assert.AreNotEqual(properties, File.ReadAllText(sandbox.PathOf("Shop/Directory.Build.props")));
    }

    private static JsonObject LibraryLayer(Sandbox sandbox, string project) =>
        sandbox.Result(project)["layers"]!.AsArray().Single(l => (string?)l!["name"] == "library Acme.Pricing 1.0.0")!.AsObject();

    private static Sandbox Sample(string name)
    {
        var sandbox = new Sandbox();
        var samples = Path.Combine(PackedPackage.Root, "samples");
        foreach (var file in Directory.EnumerateFiles(samples)) File.Copy(file, sandbox.PathOf(Path.GetFileName(file)), overwrite: true);
        BuiltApp.CopyFolder(Path.Combine(samples, name), sandbox.PathOf(name));
        foreach (var made in Directory.EnumerateDirectories(sandbox.PathOf(name), "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is "bin" or "obj").ToList())
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        var versions = File.ReadAllText(sandbox.PathOf("global.json"));
        sandbox.Write("global.json", versions.Replace("1.0.0-local", PackedPackage.Version, StringComparison.Ordinal));
        Assert.AreNotEqual(versions, File.ReadAllText(sandbox.PathOf("global.json")));
        return sandbox;
    }

    private static string? Get(HttpClient client, string path)
    {
        try
        {
            return client.GetStringAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private sealed class RunningContainer : IDisposable
    {
        private readonly string _name = $"csdk-{Guid.NewGuid():N}";

        public RunningContainer(string image, params string[] options) =>
            Testbed.Docker(["run", "--detach", "--network", "host", "--name", _name, .. options, image]).Succeeded();

        public string Log => Testbed.Docker("logs", _name).Output;

        public void WaitUntil(Func<bool> condition)
        {
            var clock = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.IsLessThan(TimeSpan.FromMinutes(1), clock.Elapsed, Log);
                Thread.Sleep(200);
            }
        }

        public void Dispose() => Command.Run("docker", ["rm", "--force", _name]);
    }
}
