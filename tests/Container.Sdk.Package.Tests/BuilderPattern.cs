using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>
/// BuilderPattern: the toolchain runs in a container over the sources of this machine; only what it publishes is packed. One app is
/// published three times: as it is, with a changed line, and as something that does not compile. A web app was built here before.
/// </summary>
[TestClass]
public sealed class BuilderPattern
{
    private const string Reference = """<ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>""";
    private const string Version = "-p:Version=2.3.4-beta.1";

    private static Sandbox? s_shop, s_web;
    private static EngineRepository? s_image;
    private static CommandResult? s_changed, s_broken;
    private static JsonObject? s_failure;
    private static string s_says = "";
    private static DateTime s_libraryFirst, s_libraryThen;
    private static string[] s_builtHere = [];

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        (s_image, s_shop) = (new EngineRepository(), Shop());
        Publish(s_shop, "app", [.. Folder(s_shop), Version]).SucceededQuietly();
        s_libraryFirst = Compiled(s_shop, "Core.dll");

        s_shop.Write("app/Program.cs", $"#warning look here\n{Says("Hi")}");
        s_changed = Publish(s_shop, "app", [.. s_image.Properties, Version]).Succeeded();
        s_says = s_image.Run().Succeeded().Output.Trim();
        s_libraryThen = Compiled(s_shop, "Core.dll");

        s_shop.Write("app/Program.cs", "this does not compile");
        s_broken = Publish(s_shop, "app", [$"-p:ContainerRegistry=oci:{s_shop.PathOf("nothing")}"]);
        s_failure = s_shop.Failure();

        s_web = new Sandbox().Library("Core").Console("web", Reference, sdk: "Microsoft.NET.Sdk.Web").Write("web/Program.cs", "Console.WriteLine(Core.Thing.Name); WebApplication.Create(args).Run();").Write("web/wwwroot/a.txt", "a");
        s_web.Dotnet("web", "build", "-c", "Release").Succeeded();
        s_builtHere = [.. BuiltHere()];
        s_web.Write("web/obj/Stale.cs", "this does not compile");
        Publish(s_web, "web", Folder(s_web)).SucceededQuietly();
    }

    [ClassCleanup]
    public static void Clean()
    {
        s_image?.Dispose();
        s_shop?.Dispose();
        s_web?.Dispose();
    }

    [TestMethod]
    public void The_app_is_compiled_in_a_container_and_the_image_runs_on_a_thin_base()
    {
        StringAssert.Contains(s_says, " from Core ");
        foreach (var folder in (string[])["app/bin", "Core/bin", "Core/obj/Release"]) Assert.IsFalse(Directory.Exists(s_shop!.PathOf(folder)), $"{folder} was made here.");
    }

    [TestMethod]
    public void Its_layers_are_those_that_this_machine_would_pack()
    {
        using var sandbox = Shop();
        Publish(sandbox, "app", [.. Folder(sandbox), Version, "-p:ContainerStrategy=Layered"]).SucceededQuietly();
        var (there, here) = (LayoutImages.Read(s_shop!.Registry, "app:latest"), LayoutImages.Read(sandbox.Registry, "app:latest"));
        Expect.Sequence(there.LayerNames(), "project Core", "program host", "application");
        Expect.Sequence(there.Layers.Select(l => l.DiffId.ToString()), [.. here.Layers.Select(l => l.DiffId.ToString())]);
        Expect.Sequence(there.Configuration.Entrypoint, [.. here.Configuration.Entrypoint]);
    }

    [TestMethod]
    public void What_this_machine_compiled_is_neither_read_nor_changed() => Expect.Sequence(BuiltHere(), s_builtHere);

    [TestMethod]
    public void A_changed_line_is_in_the_next_image_and_the_library_is_not_compiled_again()
    {
        StringAssert.StartsWith(s_says, "Hi ");
        Assert.AreEqual(s_libraryFirst, s_libraryThen);
    }

    [TestMethod]
    public void Its_own_errors_are_shown_with_the_paths_of_this_machine()
    {
        Assert.AreNotEqual(0, s_broken!.ExitCode);
        StringAssert.Contains(s_broken.Output, "error CSDK1064: ");
        StringAssert.Contains(s_broken.Output, $"{s_shop!.PathOf("app/Program.cs")}(1,");
        StringAssert.Contains(s_broken.Output, "error CS1002");
        Assert.IsFalse(Directory.Exists(s_shop.PathOf("nothing")));
        Assert.AreEqual("CSDK1064", (string?)s_failure!["code"]);
    }

    [TestMethod]
    public void Its_warnings_are_warnings() => StringAssert.Contains(s_changed!.WarnedWith("CS1030").Output, s_shop!.PathOf("app/Program.cs"));

    [TestMethod]
    public void Properties_of_the_command_line_reach_the_compiler() => StringAssert.EndsWith(s_says, " 2.3.4-beta.1");

    [TestMethod]
    public void A_web_app_has_its_static_assets() =>
        Expect.Sequence(LayoutImages.Read(s_web!.Registry, "web:latest").LayerNames(), "project Core", "static web assets", "program host", "application");

    [TestMethod]
    public void An_engine_elsewhere_gets_the_sources_and_gives_what_was_published()
    {
        if (Environment.GetEnvironmentVariable("CSDK_TEST_SECOND_ENGINE") is not { Length: > 0 } second) { Assert.Inconclusive("There is no second engine."); return; }
        using var sandbox = Shop().Write("app/.env", "PASSWORD=1");
        Publish(sandbox, "app", [.. Folder(sandbox), $"-p:ContainerEngineContext={second}"]).SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "project Core", "program host", "application");
    }

    [TestMethod]
    public void Credentials_of_a_feed_reach_the_container_and_nothing_that_stays()
    {
        using var feed = new FeedServer();
        var package = feed.Add("Own.Private", ("lib/net10.0/Own.Private.dll", [1, 2, 3]));
        using var sandbox = new Sandbox(cold: true).Console("app", $"<ItemGroup>{package.Reference}</ItemGroup>");
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
        using var sandbox = Shop(cold: true);
        Publish(sandbox, "app", ["-p:ContainerEngine=podman", .. Folder(sandbox)]).SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "project Core", "program host", "application");
    }

    private static Sandbox Shop(bool cold = false) => new Sandbox(cold).Library("Core").Console("app", Reference).Write("app/Program.cs", Says("Hello"));

    private static string Says(string greeting) =>
        $"Console.WriteLine($\"{greeting} from {{Core.Thing.Name}} {{System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(typeof(Program).Assembly)!.InformationalVersion}}\");";

    private static IEnumerable<string> BuiltHere() => Files(s_web!, "web/bin").Concat(Files(s_web!, "Core/obj"));

    private static string[] Folder(Sandbox sandbox) => [$"-p:ContainerRegistry=oci:{sandbox.Registry}"];

    private static CommandResult Publish(Sandbox sandbox, string project, string[] arguments) => sandbox.Dotnet(
        project, ["publish", "-v", "minimal", "-p:ContainerStrategy=BuilderPattern", $"-p:ContainerBuildImage={BuildImages.Sdk}",
            "-p:ContainerBuildNetwork=host", $"-p:ContainerBaseImage={Testbed.Base("runtime")}", .. arguments]);

    private static IEnumerable<string> Files(Sandbox sandbox, string folder) =>
        Directory.EnumerateFiles(sandbox.PathOf(folder), "*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}");

    private static DateTime Compiled(Sandbox sandbox, string name) =>
        Directory.EnumerateFiles(Path.Combine(sandbox.Cache, "container-sdk", "builder"), name, SearchOption.AllDirectories).Where(f => f.Contains("/obj/", StringComparison.Ordinal)).Max(File.GetLastWriteTimeUtc);
}
