namespace Container.Sdk.Package.Tests;

/// <summary>A CI runner has no cache; the image that the tag has now is one.</summary>
[TestClass]
public sealed class CachingOnEmptyMachines
{
    private readonly string _repository = $"caching/{Guid.NewGuid():N}";

    [TestMethod]
    [DataRow("OCI")]
    [DataRow("Docker")]
    public void An_unchanged_layer_is_taken_over_from_the_tag(string format)
    {
        var first = Publish("Hello", format);
        var second = Publish("Changed", format);
        Expect.Sequence(second, "project Lib: taken over, reused", "program host: taken over, reused", "application: packed, sent");
        Expect.Sequence(first, "project Lib: packed, sent", "program host: packed, sent", "application: packed, sent");
        Assert.Contains("app/Lib.dll", LayoutImages.OwnFiles(RegistryImages.Read(Testbed.Registry, _repository, "latest")));
    }

    [TestMethod]
    public void Nothing_is_sent_where_nothing_changed()
    {
        string digest;
        using (var first = new Sandbox().BuiltConsole())
        {
            first.PublishBuilt(ToRegistry).Succeeded();
            digest = (string)first.Result("app")["digest"]!;
        }
        using var second = new Sandbox().BuiltConsole();
        second.PublishBuilt(ToRegistry).Succeeded();
        Assert.AreEqual(digest, (string?)second.Result("app")["digest"]);
        Assert.AreEqual(0L, (long)second.Result("app")["bytesSent"]!);
        Assert.AreEqual(0, second.PackedLayers());
    }

    [TestMethod]
    public void A_folder_is_taken_over_from_too()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt().Succeeded();
        Directory.Delete(sandbox.Cache, recursive: true);
        sandbox.PublishBuilt().Succeeded();
        Assert.AreEqual("taken over", (string?)sandbox.Result("app")["layers"]![0]!["from"]);
        Assert.AreEqual(0, sandbox.PackedLayers());
        LayoutImages.Read(sandbox.Registry, "app:latest");
    }

    private string[] ToRegistry => [$"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepository={_repository}"];

    // Each time another machine, another folder and an empty cache.
    private string[] Publish(string says, string format)
    {
        using var sandbox = new Sandbox().Library("Lib").Console("app", "<ItemGroup><ProjectReference Include=\"../Lib/Lib.csproj\" /></ItemGroup>", says);
        sandbox.PublishOnScratch("app", [.. ToRegistry, $"-p:ContainerImageFormat={format}"]).Succeeded();
        return [.. sandbox.Result("app")["layers"]!.AsArray().Select(l => $"{l!["name"]}: {l["from"]}, {l["transfer"]}")];
    }
}
