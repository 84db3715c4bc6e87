using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class KindsOfWebApps
{
    [TestMethod]
    public void A_web_app_has_its_static_files_with_their_compressed_forms_in_a_layer_of_their_own()
    {
        using var sandbox = Web();
        sandbox.Publish("web", $"-p:ContainerBaseImage={Testbed.Base("aspnet")}").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "web:latest");
        Expect.Sequence(image.LayerNames(), "static web assets", "program host", "application");
        Expect.Sequence(
            image.FilesOf("static web assets"),
            "app/web.staticwebassets.endpoints.json", "app/wwwroot/site.css", "app/wwwroot/site.css.br", "app/wwwroot/site.css.gz");
        CollectionAssert.Contains(image.FilesOf("application").ToList(), "app/web.config");
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/app/web.dll");
    }

    [TestMethod]
    public void The_endpoints_of_static_files_have_a_fixed_time()
    {
        using var sandbox = Web();
        sandbox.Publish("web").Succeeded();
        var manifest = JsonNode.Parse(LayoutImages.Read(sandbox.Registry, "web:latest").Bytes("app/web.staticwebassets.endpoints.json"))!;
        var times = manifest["Endpoints"]!.AsArray().SelectMany(e => e!["ResponseHeaders"]!.AsArray())
            .Where(h => (string?)h!["Name"] == "Last-Modified").Select(h => (string)h!["Value"]!).Distinct();
        Expect.Sequence(times, "Tue, 01 Jan 1980 00:00:00 GMT");
    }

    [TestMethod]
    public void Without_a_change_to_the_static_files_a_web_app_keeps_their_layer()
    {
        using var sandbox = Web();
        sandbox.Publish("web").Succeeded();
        var first = LayoutImages.Read(sandbox.Registry, "web:latest");
        sandbox.Write("web/Program.cs", "WebApplication.Create(args).Run(\"http://*:5000\");");
        // Compressed again, at another time.
        Directory.Delete(sandbox.PathOf("web/obj"), recursive: true);
        sandbox.Publish("web").Succeeded();
        var second = LayoutImages.Read(sandbox.Registry, "web:latest");
        Assert.AreEqual(first.Layers[^2].Descriptor.Digest, second.Layers[^2].Descriptor.Digest);
        Assert.AreNotEqual(first.Layers[^1].Descriptor.Digest, second.Layers[^1].Descriptor.Digest);
    }

    private static Sandbox Web() => new Sandbox().Console("web", sdk: "Microsoft.NET.Sdk.Web")
        .Write("web/Program.cs", "var app = WebApplication.Create(args); app.MapStaticAssets(); app.Run();")
        .Write("web/wwwroot/site.css", "body { color: black; background-color: white; }\n");
}
