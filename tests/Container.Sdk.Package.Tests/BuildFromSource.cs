namespace Container.Sdk.Package.Tests;

/// <summary>
/// BuildFromSource: a container compiles the app, and the libraries that it refers to wherever in the repository they lie. One repository
/// is published three times: as it is, with another app, and with another library.
/// </summary>
[TestClass]
public sealed class BuildFromSource
{
    private const string Uses = """<ItemGroup><ProjectReference Include="../../libs/Acme.Core/Acme.Core.csproj" /></ItemGroup>""";

    private static EngineRepository? s_image;
    private static Sandbox? s_sandbox;
    private static Built? s_first, s_otherApp, s_otherLibrary;

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        s_image = new EngineRepository();
        s_sandbox = Shop("""<ItemGroup><Compile Include="../../shared/Greeting.cs" Link="Greeting.cs" /></ItemGroup><Import Project="../../build/common.props" />""").Library("libs/Unused")
            .Write("shared/Greeting.cs", "static class Greeting { public const string Text = \"linked\"; }")
            .Write("build/common.props", "<Project><PropertyGroup><DefineConstants>$(DefineConstants);COMMON</DefineConstants></PropertyGroup></Project>")
            .Write("apps/shop/.env", "PASSWORD=1").Write("apps/shop/obj/stale.cs", "this does not compile")
            .Write("apps/shop/look.props", """<Project><Target Name="Look" BeforeTargets="Build"><Exec Command="ls -A /source /source/libs /source/apps/shop /source/apps/shop/obj" Condition="Exists('/source')" StandardOutputImportance="high" /></Target></Project>""")
            // Each time that the library is compiled it has another stamp.
            .Write("libs/Acme.Core/Directory.Build.targets", """
                <Project>
                  <ItemGroup><Compile Include="obj/stamp.cs" /></ItemGroup>
                  <Target Name="Stamp" BeforeTargets="CoreCompile" Condition="!Exists('obj/stamp.cs')">
                    <WriteLinesToFile File="obj/stamp.cs" Lines="static class Stamp { public const string Text = &quot;$([System.Guid]::NewGuid())&quot;%3B }" />
                  </Target>
                </Project>
                """);
        s_first = Build("Hello");
        s_otherApp = Build("Hi");
        s_sandbox.Write("libs/Acme.Core/Acme.CoreClass.cs", "namespace Acme_Core; public static class Thing { public static string Name => \"another core\"; }");
        s_otherLibrary = Build("Hi", "-v:detailed");
    }

    [ClassCleanup]
    public static void Clean()
    {
        s_image?.Dispose();
        s_sandbox?.Dispose();
    }

    [TestMethod]
    public void The_app_and_its_libraries_are_compiled_in_the_container_and_the_image_runs()
    {
        s_first!.Publish.SucceededQuietly();
        StringAssert.StartsWith(s_first.Says, "Hello from Acme.Core");
        Assert.IsFalse(Directory.Exists(s_sandbox!.PathOf("apps/shop/bin")), "The app was compiled here.");
        Assert.IsFalse(Directory.Exists(s_sandbox.PathOf("libs/Acme.Core/bin")), "The library was compiled here.");
    }

    [TestMethod]
    public void A_changed_app_compiles_no_library_again()
    {
        StringAssert.StartsWith(s_otherApp!.Says, "Hi from Acme.Core");
        Assert.AreEqual(s_first!.Projects, s_otherApp.Projects);
    }

    [TestMethod]
    public void A_changed_library_is_compiled_again()
    {
        StringAssert.StartsWith(s_otherLibrary!.Says, "Hi from another core");
        Assert.AreNotEqual(s_otherApp!.Projects, s_otherLibrary.Projects);
    }

    [TestMethod]
    public void What_no_project_needs_does_not_reach_the_builder()
    {
        var output = s_otherLibrary!.Publish.Output;
        Assert.Contains("Acme.Core", output);
        Assert.DoesNotContain("stale.cs", output);
        Assert.DoesNotContain(".env\n", output);
        Assert.IsFalse(File.ReadLines(s_sandbox!.PathOf("apps/shop/obj/Release/net10.0/container/Dockerfile.dockerignore")).Any(l => l.StartsWith('!') && l.Contains("Unused", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Files_from_elsewhere_in_the_repository_are_compiled_too() => StringAssert.EndsWith(s_first!.Says, ", linked");

    [TestMethod]
    public void A_source_outside_of_the_repository_is_refused()
    {
        using var elsewhere = new Sandbox().Write("Outside.cs", "");
        using var sandbox = Shop($"""<ItemGroup><Compile Include="{elsewhere.PathOf("Outside.cs")}" /></ItemGroup>""");
        _ = new GitRepository(sandbox.Folder);
        var output = Publish(sandbox);
        Assert.AreNotEqual(0, output.ExitCode);
        Assert.Contains("CSDK1040", output.Output);
        Assert.Contains("Outside.cs", output.Output);
    }

    [TestMethod]
    public void A_failing_compiler_in_the_container_is_heard()
    {
        using var sandbox = Shop().Write("apps/shop/Program.cs", "this does not compile");
        var output = Publish(sandbox);
        Assert.AreNotEqual(0, output.ExitCode);
        Assert.Contains("error CS", output.Output);
        Assert.IsFalse(Directory.Exists(sandbox.PathOf("apps/shop/bin")));
    }

    [TestMethod]
    public void A_reference_by_package_says_that_the_sdk_element_is_needed()
    {
        using var sandbox = Shop();
        sandbox.Write("apps/shop/shop.csproj", File.ReadAllText(sandbox.PathOf("apps/shop/shop.csproj"))
            .Replace($"<Sdk Name=\"Container.Sdk\" Version=\"{PackedPackage.Version}\" />", $"<ItemGroup><PackageReference Include=\"Container.Sdk\" Version=\"{PackedPackage.Version}\" /></ItemGroup>", StringComparison.Ordinal));
        var output = Publish(sandbox);
        Assert.AreNotEqual(0, output.ExitCode);
        Assert.Contains("CSDK1043", output.Output);
    }

    private static Sandbox Shop(string content = "")
    {
        var sandbox = new Sandbox().Library("Acme.Core").Console("shop", $"{Uses}{content}<Import Project=\"look.props\" Condition=\"Exists('look.props')\" />");
        Directory.CreateDirectory(sandbox.PathOf("libs"));
        Directory.CreateDirectory(sandbox.PathOf("apps"));
        Directory.Move(sandbox.PathOf("Acme.Core"), sandbox.PathOf("libs/Acme.Core"));
        Directory.Move(sandbox.PathOf("shop"), sandbox.PathOf("apps/shop"));
        return sandbox.Write("apps/shop/Program.cs", "Console.WriteLine(Acme_Core.Thing.Name);");
    }

    private static Built Build(string greeting, params string[] arguments)
    {
        s_sandbox!.Write("apps/shop/Program.cs", $"#if COMMON\nConsole.WriteLine($\"{greeting} from {{Acme_Core.Thing.Name}}, {{Greeting.Text}}\");\n#endif");
        var publish = Publish(s_sandbox, arguments).Succeeded();
        var projects = s_sandbox.Result("apps/shop")["layers"]!.AsArray().Single(l => (string?)l!["name"] == "projects")!;
        return new Built(publish, s_image!.Run().Succeeded().Output.Trim(), (string)projects["diffId"]!);
    }

    private static CommandResult Publish(Sandbox sandbox, params string[] arguments) =>
        sandbox.Dotnet("apps/shop", ["publish", "-v", "minimal", "-p:ContainerStrategy=BuildFromSource", .. BuildImages.Properties(), .. s_image!.Properties, .. arguments]);

    private sealed record Built(CommandResult Publish, string Says, string Projects);
}
