namespace Container.Sdk.Package.Tests;

/// <summary>BuilderPattern: the toolchain runs in a container over the sources of this machine; only what it publishes is packed.</summary>
[TestClass]
public sealed class BuilderPattern : IDisposable
{
    private const string Reference = """<ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>""";

    private readonly EngineRepository _image = new();

    public void Dispose() => _image.Dispose();

    [TestMethod]
    public void The_app_is_compiled_in_a_container_and_the_image_runs_on_a_thin_base()
    {
        using var sandbox = Shop();
        Publish(sandbox, "app", _image.Properties).SucceededQuietly();
        Assert.AreEqual("Hello from Core", _image.Run().Succeeded().Output.Trim());
        foreach (var folder in (string[])["app/bin", "Core/bin", "Core/obj/Release"]) Assert.IsFalse(Directory.Exists(sandbox.PathOf(folder)), $"{folder} was made here.");
    }

    [TestMethod]
    public void Its_layers_are_those_that_this_machine_would_pack()
    {
        using var sandbox = Shop();
        Publish(sandbox, "app", Folder(sandbox)).SucceededQuietly();
        var there = LayoutImages.Read(sandbox.Registry, "app:latest");
        Publish(sandbox, "app", [.. Folder(sandbox), "-p:ContainerStrategy=Layered", "-p:ContainerRepository=here"]).SucceededQuietly();
        var here = LayoutImages.Read(sandbox.Registry, "here:latest");
        Expect.Sequence(there.LayerNames(), "project Core", "program host", "application");
        Expect.Sequence(there.Layers.Select(l => l.DiffId.ToString()), [.. here.Layers.Select(l => l.DiffId.ToString())]);
        Expect.Sequence(there.Configuration.Entrypoint, [.. here.Configuration.Entrypoint]);
    }

    [TestMethod]
    public void What_this_machine_compiled_is_neither_read_nor_changed()
    {
        using var sandbox = Shop();
        sandbox.Dotnet("app", "build", "-c", "Release").Succeeded();
        var before = Files(sandbox, "app/bin").Concat(Files(sandbox, "Core/obj")).ToList();
        sandbox.Write("app/obj/Stale.cs", "this does not compile");
        Publish(sandbox, "app", Folder(sandbox)).SucceededQuietly();
        Expect.Sequence(Files(sandbox, "app/bin").Concat(Files(sandbox, "Core/obj")), [.. before]);
    }

    [TestMethod]
    public void A_changed_line_is_in_the_next_image_and_the_library_is_not_compiled_again()
    {
        using var sandbox = Shop();
        Publish(sandbox, "app", _image.Properties).Succeeded();
        var compiled = Compiled(sandbox, "Core.dll");
        sandbox.Write("app/Program.cs", "Console.WriteLine($\"Hi from {Core.Thing.Name}\");");
        Publish(sandbox, "app", _image.Properties).Succeeded();
        Assert.AreEqual("Hi from Core", _image.Run().Succeeded().Output.Trim());
        Assert.AreEqual(compiled, Compiled(sandbox, "Core.dll"));
    }

    [TestMethod]
    public void Its_own_errors_are_shown_with_the_paths_of_this_machine()
    {
        using var sandbox = Shop().Write("app/Program.cs", "this does not compile");
        var output = Publish(sandbox, "app", Folder(sandbox));
        Assert.AreNotEqual(0, output.ExitCode);
        StringAssert.Contains(output.Output, "error CSDK1064: ");
        StringAssert.Contains(output.Output, $"{sandbox.PathOf("app/Program.cs")}(1,");
        StringAssert.Contains(output.Output, "error CS1002");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
        Assert.AreEqual("CSDK1064", (string?)sandbox.Failure()["code"]);
    }

    [TestMethod]
    public void Its_warnings_are_warnings()
    {
        using var sandbox = Shop().Write("app/Program.cs", "#warning look here\nConsole.WriteLine(1);");
        StringAssert.Contains(Publish(sandbox, "app", Folder(sandbox)).WarnedWith("CS1030").Output, sandbox.PathOf("app/Program.cs"));
    }

    [TestMethod]
    public void Properties_of_the_command_line_reach_the_compiler()
    {
        using var sandbox = Shop().Write("app/Program.cs", "Console.WriteLine(System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(typeof(Program).Assembly)!.InformationalVersion);");
        Publish(sandbox, "app", [.. _image.Properties, "-p:Version=2.3.4-beta.1"]).SucceededQuietly();
        StringAssert.StartsWith(_image.Run().Succeeded().Output, "2.3.4-beta.1");
    }

    [TestMethod]
    public void An_engine_elsewhere_gets_the_sources_and_gives_what_was_published()
    {
        if (Environment.GetEnvironmentVariable("CSDK_TEST_SECOND_ENGINE") is not { Length: > 0 } second) { Assert.Inconclusive("There is no second engine."); return; }
        using var sandbox = Shop().Write("app/.env", "PASSWORD=1");
        Publish(sandbox, "app", [.. Folder(sandbox), $"-p:ContainerEngineContext={second}"]).SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "project Core", "program host", "application");
    }

    [TestMethod]
    public void A_web_app_has_its_static_assets()
    {
        using var sandbox = new Sandbox().Console("web", sdk: "Microsoft.NET.Sdk.Web").Write("web/Program.cs", "WebApplication.Create(args).Run();").Write("web/wwwroot/a.txt", "a");
        Publish(sandbox, "web", Folder(sandbox)).SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "web:latest").LayerNames(), "static web assets", "program host", "application");
    }

    [TestMethod]
    public void Credentials_of_a_feed_reach_the_container_and_nothing_that_stays()
    {
        using var feed = new FeedServer();
        var package = feed.Add("Own.Private", ("lib/net10.0/Own.Private.dll", [1, 2, 3]));
        using var sandbox = new Sandbox().Console("app", $"<ItemGroup>{package.Reference}</ItemGroup>");
        sandbox.Write("NuGet.config", File.ReadAllText(sandbox.PathOf("NuGet.config"))
            .Replace("</packageSources>", $"  <add key=\"private\" value=\"{feed.Address}\" allowInsecureConnections=\"true\" />\n  </packageSources>", StringComparison.Ordinal)
            .Replace("</packageSourceMapping>", "  <packageSource key=\"private\"><package pattern=\"Own.*\" /></packageSource>\n  </packageSourceMapping>", StringComparison.Ordinal));
        sandbox.Environment["NuGetPackageSourceCredentials_private"] = $"Username={FeedServer.User};Password={feed.Password}";
        Assert.DoesNotContain(feed.Password, Publish(sandbox, "app", [.. Folder(sandbox), "-v:detailed"]).Succeeded().Output);
        Assert.Contains(r => r.Status == 200 && r.Path.EndsWith(".nupkg", StringComparison.Ordinal), feed.TakeRequests());
        Expect.Sequence(Command.Run("grep", ["-rlF", feed.Password, sandbox.Folder]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    public void Without_an_engine_it_says_so()
    {
        using var sandbox = Shop();
        sandbox.Environment["DOCKER_HOST"] = "unix:///nowhere.sock";
        Publish(sandbox, "app", ["-p:ContainerEngine=docker", .. Folder(sandbox)]).RefusedWith("CSDK9001");
    }

    [TestMethod]
    public void Podman_runs_the_compiler_too()
    {
        Testbed.ToolPath("podman");
        using var sandbox = Shop();
        Publish(sandbox, "app", ["-p:ContainerEngine=podman", .. Folder(sandbox)]).SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "project Core", "program host", "application");
    }

    private static Sandbox Shop() => new Sandbox().Library("Core").Console("app", Reference).Write("app/Program.cs", "Console.WriteLine($\"Hello from {Core.Thing.Name}\");");

    private static string[] Folder(Sandbox sandbox) => [$"-p:ContainerRegistry=oci:{sandbox.Registry}"];

    private static CommandResult Publish(Sandbox sandbox, string project, string[] arguments) => sandbox.Dotnet(
        project, ["publish", "-v", "minimal", "-p:ContainerStrategy=BuilderPattern", $"-p:ContainerBuildImage={BuildImages.Sdk}",
            "-p:ContainerBuildNetwork=host", $"-p:ContainerBaseImage={Testbed.Base("runtime")}", .. arguments]);

    private static IEnumerable<string> Files(Sandbox sandbox, string folder) =>
        Directory.EnumerateFiles(sandbox.PathOf(folder), "*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}");

    private static DateTime Compiled(Sandbox sandbox, string name) =>
        Directory.EnumerateFiles(Path.Combine(sandbox.Cache, "container-sdk", "builder"), name, SearchOption.AllDirectories).Where(f => f.Contains("/obj/", StringComparison.Ordinal)).Max(File.GetLastWriteTimeUtc);
}
