namespace Container.Sdk.Package.Tests;

/// <summary>Library projects that apps refer to: with CopyFromImage each is a thin image, too.</summary>
[TestClass]
public sealed class LibrariesOfProjects
{
    private const string Reference = """<ProjectReference Include="../Acme.Core/Acme.Core.csproj" />""";

    private readonly string _prefix = $"projects/{Guid.NewGuid():N}/";

    [TestMethod]
    public void A_referenced_project_is_published_first_and_mounted_from_there()
    {
        using var sandbox = new Sandbox().Library("Acme.Core").Console("app", $"<ItemGroup>{Reference}</ItemGroup>");
        Publish(sandbox, "app").Succeeded();
        var layer = LayerOf(sandbox, "app");
        var thin = RegistryImages.Read(Testbed.Registry, $"{_prefix}acme.core", $"src-{((string)layer["diffId"]!)[7..23]}");
        Expect.Sequence(LayoutImages.OwnFiles(thin), "app/Acme.Core.dll", "app/Acme.Core.pdb");
        Assert.AreEqual((thin.Layers[0].Descriptor.Digest.ToString(), "sent"), ((string?)layer["digest"], (string?)layer["transfer"]));
        Publish(sandbox, "app", "-p:ContainerRepository=again").Succeeded();
        Assert.AreEqual("mounted", (string?)LayerOf(sandbox, "app")["transfer"]);
    }

    [TestMethod]
    public void Apps_of_a_solution_publish_it_once()
    {
        using var sandbox = new Sandbox(nodes: true).Library("Acme.Core").Console("one", $"<ItemGroup>{Reference}</ItemGroup>").Console("two", $"<ItemGroup>{Reference}</ItemGroup>", says: "Two")
            .Solve("All.slnx", "Acme.Core", "one", "two");
        using var proxy = new RecordingProxy();
        sandbox.Dotnet("", ["publish", "All.slnx", .. Arguments, $"-p:ContainerRegistry={proxy.Address}"]).Succeeded();
        Assert.AreEqual(1, proxy.TakeRequests().Count(r => r.Method == "PUT" && r.Path.Contains("/manifests/src-", StringComparison.Ordinal)));
        // Whichever came first sent it.
        Expect.Sequence(((string[])["one", "two"]).Select(app => (string)LayerOf(sandbox, app)["transfer"]!).Order(StringComparer.Ordinal), "mounted", "sent");
    }

    [TestMethod]
    public void An_empty_machine_publishes_it_from_the_image_that_the_app_has()
    {
        using var sandbox = new Sandbox().Library("Acme.Core").Console("app", $"<ItemGroup>{Reference}</ItemGroup>");
        Publish(sandbox, "app", "-p:ContainerStrategy=Layered").Succeeded();
        Directory.Delete(sandbox.Cache, recursive: true);
        Publish(sandbox, "app").Succeeded();
        var layer = LayerOf(sandbox, "app");
        Assert.AreEqual("taken over", (string?)layer["from"]);
        Assert.AreEqual(
            (string?)layer["digest"], RegistryImages.Read(Testbed.Registry, $"{_prefix}acme.core", $"src-{((string)layer["diffId"]!)[7..23]}").Layers[0].Descriptor.Digest.ToString());
    }

    [TestMethod]
    public void A_publish_without_changes_asks_nothing_of_it()
    {
        using var sandbox = new Sandbox().Library("Acme.Core").Console("app", $"<ItemGroup>{Reference}</ItemGroup>");
        using var proxy = new RecordingProxy();
        Publish(sandbox, "app", $"-p:ContainerRegistry={proxy.Address}").Succeeded();
        proxy.TakeRequests();
        Publish(sandbox, "app", $"-p:ContainerRegistry={proxy.Address}").Succeeded();
        Assert.IsFalse(proxy.TakeRequests().Any(r => r.Path.Contains("acme.core", StringComparison.Ordinal)));
    }

    private static System.Text.Json.Nodes.JsonNode LayerOf(Sandbox sandbox, string app) =>
        sandbox.Result(app)["layers"]!.AsArray().Single(l => (string?)l!["name"] == "project Acme.Core")!;

    private string[] Arguments => ["-v", "minimal", "-p:ContainerStrategy=CopyFromImage", "-p:ContainerBaseImage=scratch", $"-p:ContainerRepositoryPrefix={_prefix}"];

    private CommandResult Publish(Sandbox sandbox, string project, params string[] arguments) =>
        sandbox.Dotnet(project, ["publish", .. Arguments, $"-p:ContainerRegistry={Testbed.Registry}", .. arguments]);
}
