namespace Container.Sdk.Package.Tests;

/// <summary>What did not change is not sent again: to a real registry, with somebody between who counts.</summary>
[TestClass]
public sealed class ReproducibilityOfPushes
{
    private const string Packages = """
        <ItemGroup>
          <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
          <PackageReference Include="Serilog" Version="3.1.1" />
          <ProjectReference Include="../Core/Core.csproj" />
        </ItemGroup>
        """;

    [TestMethod]
    public void An_unchanged_app_sends_no_blob_and_no_manifest()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = new Sandbox().Library("Core").Console("app", Packages);
        Push(sandbox, proxy, "app", out var repository);
        var digest = (string)sandbox.Result("app")["digest"]!;
        Assert.IsGreaterThan(0, proxy.TakeWrites().Manifests);
        Directory.Delete(sandbox.PathOf("app/obj"), recursive: true);
        Push(sandbox, proxy, "app", repository);
        var requests = proxy.TakeRequests();
        Expect.Sequence(requests.Where(r => r.Method is not ("GET" or "HEAD")).Select(r => $"{r.Method} {r.Path}"));
        var result = sandbox.Result("app");
        Assert.AreEqual(0L, (long)result["bytesSent"]!);
        Assert.AreEqual(requests.Count, (int)result["requests"]!);
        Assert.AreEqual(digest, (string)result["digest"]!);
    }

    [TestMethod]
    public void One_changed_line_sends_one_layer_the_configuration_and_the_manifest()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = new Sandbox().Library("Core").Console("app", Packages);
        Push(sandbox, proxy, "app", out var repository);
        proxy.TakeRequests();
        sandbox.Write("app/Program.cs", "Console.WriteLine(\"Another line\");");
        Push(sandbox, proxy, "app", repository);
        Assert.AreEqual((2, 0, 1), proxy.TakeWrites());
        Expect.Sequence(Layers(sandbox, "app"), "base reused", "base reused", "package Newtonsoft.Json 13.0.3 reused", "package Serilog 3.1.1 reused", "project Core reused", "program host reused", "application sent");
    }

    [TestMethod]
    public void A_second_service_with_the_same_packages_sends_none_of_them()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = new Sandbox().Library("Core").Console("orders", Packages).Console("billing", Packages, says: "Billing");
        Push(sandbox, proxy, "orders", out _);
        proxy.TakeRequests();
        Push(sandbox, proxy, "billing", out var repository);
        Assert.AreEqual((3, 5, 1), proxy.TakeWrites());
        Expect.Sequence(
            Layers(sandbox, "billing"),
            "base mounted", "base mounted", "package Newtonsoft.Json 13.0.3 mounted", "package Serilog 3.1.1 mounted", "project Core mounted", "program host sent", "application sent");
        StringAssert.Contains(
            Testbed.Tool("skopeo", "inspect", "--tls-verify=false", $"docker://{Testbed.Registry}/{repository}:latest").Succeeded().Output,
            (string)sandbox.Result("billing")["digest"]!);
    }

    [TestMethod]
    public void A_machine_without_a_cache_packs_only_what_changed()
    {
        using var proxy = new RecordingProxy();
        using var sandbox = new Sandbox().Library("Core").Console("app", Packages);
        Push(sandbox, proxy, "app", out var repository);
        Directory.Delete(sandbox.Cache, recursive: true);
        foreach (var folder in (string[])["app/obj", "app/bin", "Core/obj", "Core/bin"]) Directory.Delete(sandbox.PathOf(folder), recursive: true);
        proxy.TakeRequests();
        sandbox.Write("app/Program.cs", "Console.WriteLine(\"Another line\");");
        Push(sandbox, proxy, "app", repository);
        Expect.Sequence(
            sandbox.Result("app")["layers"]!.AsArray().Select(l => $"{l!["name"]} {l["from"]}"),
            "base base", "base base", "package Newtonsoft.Json 13.0.3 taken over", "package Serilog 3.1.1 taken over", "project Core taken over", "program host taken over", "application packed");
        Assert.AreEqual((2, 0, 1), proxy.TakeWrites());
    }

    private static void Push(Sandbox sandbox, RecordingProxy proxy, string app, out string repository) =>
        Push(sandbox, proxy, app, repository = $"reproducibility/{Guid.NewGuid():N}/{app}");

    private static void Push(Sandbox sandbox, RecordingProxy proxy, string app, string repository) =>
        sandbox.Publish(app, $"-p:ContainerRegistry={proxy.Address}", $"-p:ContainerRepository={repository}").SucceededQuietly();

    private static IEnumerable<string> Layers(Sandbox sandbox, string app) =>
        sandbox.Result(app)["layers"]!.AsArray().Select(l => $"{l!["name"]} {l["transfer"]}");
}
