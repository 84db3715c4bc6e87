namespace Container.Sdk.Package.Tests;

/// <summary>One library image in a real registry, and apps that have its layer.</summary>
[TestClass]
public sealed class LibrariesBeingShared
{
    private const string Package = """<PackageReference Include="Acme.Pricing" Version="1.2.0" />""";

    private static readonly string Prefix = $"shared/{Guid.NewGuid():N}";

    private static Sandbox s_world = null!;

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        s_world = new Sandbox().LibrariesIn(Testbed.Registry, $"{Prefix}/{{id}}").LibraryWithImage("Acme.Pricing");
        // Tests run side by side, and no two of them publish the same app.
        foreach (var app in (string[])["api", "worker", "tool", "runner", "copier", "native", "moved", "strict"]) s_world.AppOf(app, "Acme.Pricing", Package);
        s_world.PublishLibrary("Acme.Pricing").Succeeded();
    }

    [ClassCleanup]
    public static void CleanUp() => s_world?.Dispose();

    [TestMethod]
    public void Apps_on_different_bases_have_the_very_layer_of_the_library_image()
    {
        var digest = LibraryLayer().Digest.ToString();
        foreach (var (app, image) in (Dictionary<string, string>)new() { ["api"] = Base("aspnet"), ["worker"] = Base("runtime"), ["tool"] = "scratch" })
        {
            PublishApp(app, image).Succeeded();
            var layer = s_world.Result(app)["layers"]!.AsArray().Single(l => (string?)l!["name"] == "library Acme.Pricing 1.2.0")!;
            Assert.AreEqual((digest, "mounted", "library"), ((string?)layer["digest"], (string?)layer["transfer"], (string?)layer["from"]), app);
            StringAssert.Contains((string?)layer["library"], $"{Testbed.Registry}/{Prefix}/acme.pricing:1.2.0@sha256:");
        }
    }

    [TestMethod]
    public void Docker_runs_an_app_that_has_it()
    {
        PublishApp("runner", Base("runtime"), $"-p:ContainerRepository={Prefix}/run").Succeeded();
        var name = $"{Testbed.Registry}/{Prefix}/run:latest";
        try
        {
            StringAssert.Contains(Testbed.Docker("run", "--rm", "--network", "none", "--pull", "always", name).Succeeded().Output, "Acme.Pricing says 21 to runner");
        }
        finally
        {
            Testbed.Docker("rmi", "--force", name);
        }
    }

    [TestMethod]
    [DataRow("COPY --from=library /app/ /app/")]
    [DataRow("COPY --link --from=library /app/ /app/")]
    public void A_foreign_Dockerfile_ends_in_the_very_layer_mounted_and_not_sent(string copy)
    {
        var name = $"{Testbed.Registry}/{Prefix}/foreign{copy.Length}:latest";
        s_world.Write("foreign/Dockerfile", $"FROM {Testbed.Registry}/{Prefix}/acme.pricing:1.2.0 AS library\nFROM {Base("runtime")}\n{copy}\n");
        try
        {
            Testbed.Docker("build", "--network", "host", "-t", name, s_world.PathOf("foreign")).Succeeded();
            var pushed = Testbed.Docker("push", name).Succeeded().Output;
            // From which repository is the engine's choice: it remembers all that has the layer.
            StringAssert.Contains(pushed, "Mounted from ", pushed);
            Assert.DoesNotContain(": Pushed", pushed);
            Assert.AreEqual(LibraryLayer().Digest, RegistryImages.Read(Testbed.Registry, $"{Prefix}/foreign{copy.Length}", "latest").Layers[^1].Descriptor.Digest);
        }
        finally
        {
            Testbed.Docker("rmi", "--force", name);
        }
    }

    [TestMethod]
    public void To_another_registry_it_is_copied_with_a_warning_that_says_how_many_bytes()
    {
        var result = PublishApp("copier", "scratch", $"-p:ContainerRegistry=oci:{s_world.PathOf("other")}").WarnedWith("CSDK6011");
        StringAssert.Contains(result.Output, $"{LibraryLayer().Size} bytes were copied");
        Assert.Contains(LibraryLayer().Digest, LayoutImages.Read(s_world.PathOf("other"), $"{Prefix}/copier:latest").Layers.Select(l => l.Descriptor.Digest));
    }

    [TestMethod]
    [DataRow("native", "-p:PublishReadyToRun=true;RuntimeIdentifier=linux-x64;SelfContained=false", "compiled or trimmed for this app")]
    [DataRow("moved", "-p:ContainerWorkingDirectory=/srv", "the app has another folder")]
    public void Where_the_published_files_are_others_the_app_has_its_own_layer_and_says_why(string app, string property, string why)
    {
        var result = PublishApp(app, "scratch", property).Succeeded();
        StringAssert.Contains(result.Output, why);
        var layer = s_world.Result(app, property.Contains("linux-x64", StringComparison.Ordinal) ? "obj/Release/net10.0/linux-x64" : "obj/Release/net10.0")["layers"]!.AsArray().Single(l => ((string?)l!["name"])!.StartsWith("library ", StringComparison.Ordinal))!;
        StringAssert.Contains((string?)layer["ownBecause"], why);
        Assert.AreNotEqual(LibraryLayer().Digest.ToString(), (string?)layer["digest"]);
    }

    [TestMethod]
    public void Where_sharing_is_required_an_own_layer_is_an_error()
    {
        PublishApp("strict", "scratch", "-p:ContainerWorkingDirectory=/srv", "-p:ContainerRequireSharedLayers=true", $"-p:ContainerRepository={Prefix}/required").RefusedWith("CSDK6010");
        Assert.IsNull(RegistryImages.DigestOf(Testbed.Registry, $"{Prefix}/required", "latest"));
    }

    private static CommandResult PublishApp(string app, string baseImage, params string[] arguments) => s_world.Dotnet(
        app, ["publish", "-v", "minimal", $"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepository={Prefix}/{app}", $"-p:ContainerBaseImage={baseImage}", .. arguments]);

    private static string Base(string name) => $"{Testbed.Registry}/dotnet/{name}:10.0";

    private static Descriptor LibraryLayer() => RegistryImages.Read(Testbed.Registry, $"{Prefix}/acme.pricing", "1.2.0").Layers[1].Descriptor;
}
