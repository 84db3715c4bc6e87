namespace Container.Sdk.Package.Tests;

/// <summary>GenerateBuildScript: for machines that have an engine and no .NET SDK.</summary>
[TestClass]
public sealed class BuildScripts : IDisposable
{
    private readonly EngineRepository _image = new();

    public void Dispose() => _image.Dispose();

    [TestMethod]
    public void The_script_compiles_in_the_container_and_loads_the_image_into_the_engine()
    {
        using var sandbox = Shop("");
        Generate(sandbox);
        Run(sandbox, "-p:Version=3.0.0").Succeeded();
        Assert.AreEqual("3.0.0", _image.Run().Succeeded().Output.Trim().Split('+')[0]);
        Assert.IsFalse(Directory.Exists(sandbox.PathOf("app/bin")), "It was compiled here.");
    }

    [TestMethod]
    public void Where_the_project_names_a_registry_the_container_sends_it_there()
    {
        using var sandbox = Shop($"<ContainerRegistry>{Testbed.Registry}</ContainerRegistry>");
        Generate(sandbox);
        Run(sandbox).Succeeded();
        Expect.Sequence(RegistryImages.Read(Testbed.Registry, _image.Name, "latest").LayerNames(), "program host", "application");
    }

    [TestMethod]
    public void It_is_the_same_in_every_folder_and_has_no_path_of_this_machine()
    {
        using var one = Shop("");
        using var two = Shop("");
        Generate(one);
        Generate(two);
        foreach (var name in (string[])["build.sh", "build.ps1"])
        {
            var text = File.ReadAllText(one.PathOf($"app/build/{name}"));
            Assert.AreEqual(text, File.ReadAllText(two.PathOf($"app/build/{name}")));
            Assert.DoesNotContain(one.Folder, text);
        }
    }

    [TestMethod]
    public void Quotes_and_dollars_in_a_property_stay_what_they_are()
    {
        using var sandbox = Shop("");
        Generate(sandbox, "-p:InformationalVersion=it's $HOME `id`");
        Assert.AreEqual(0, Command.Run("sh", ["-n", sandbox.PathOf("app/build/build.sh")]).ExitCode);
        StringAssert.Contains(File.ReadAllText(sandbox.PathOf("app/build/build.sh")), "'-p:InformationalVersion=it%27s %24HOME `id`'");
    }

    private static Sandbox Shop(string properties) => new Sandbox()
        .Console("app", $"<PropertyGroup><ContainerBaseImage>{Testbed.Registry}/dotnet/runtime:10.0</ContainerBaseImage><ContainerRepository>shop/app</ContainerRepository>{properties}</PropertyGroup>")
        .Write("app/Program.cs", "Console.WriteLine(System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(typeof(Program).Assembly)!.InformationalVersion);");

    private static void Generate(Sandbox sandbox, params string[] arguments) => sandbox.Dotnet(
        "app", ["msbuild", "-restore", "-v:minimal", "-t:GenerateBuildScript", "-p:ContainerBuildScriptFolder=build", $"-p:ContainerBuildImage={BuildImages.Sdk}", "-p:ContainerBuildNetwork=host", .. arguments]).SucceededQuietly();

    private CommandResult Run(Sandbox sandbox, params string[] arguments)
    {
        sandbox.Environment["FEED_PACKED"] = PackedPackage.Feed;
        return sandbox.Run("sh", "app", ["build/build.sh", $"-p:ContainerRepository={_image.Name}", .. arguments]);
    }
}
