namespace Container.Sdk.Package.Tests;

/// <summary>MultiStage: a fat stage compiles, the last one is thin, and packages are carried from build to build.</summary>
[TestClass]
public sealed class MultiStage : IDisposable
{
    private readonly EngineRepository _image = new();
    private readonly Sandbox _sandbox = new();

    public void Dispose()
    {
        _image.Dispose();
        _sandbox.Dispose();
    }

    [TestMethod]
    public void A_compiler_that_the_build_needs_is_in_its_stage_and_not_in_the_image()
    {
        _sandbox.Console("app", """<Target Name="Use" BeforeTargets="CoreCompile"><Exec Command="hello" /></Target>""");
        Publish("-p:ContainerBuildPackages=hello").SucceededQuietly();
        Assert.AreEqual("Hello", _image.Run().Succeeded().Output.Trim());
        Assert.DoesNotContain("usr/bin/hello", Files());
        Assert.DoesNotContain("usr/share/dotnet/sdk/", Files());
    }

    [TestMethod]
    public void A_self_contained_app_runs_on_an_image_without_the_runtime()
    {
        _sandbox.Console("app");
        Publish([.. BuildImages.Properties("runtime-deps"), "-r", "linux-x64", "--self-contained"]).SucceededQuietly();
        Assert.AreEqual("Hello", _image.Run().Succeeded().Output.Trim());
        Assert.Contains("app/System.Private.CoreLib.dll", Files());
    }

    [TestMethod]
    public void A_web_app_has_its_static_files_and_a_property_of_the_command_line_its_value()
    {
        _sandbox.Console("app", sdk: "Microsoft.NET.Sdk.Web").Write("app/wwwroot/site.css", "body {}");
        _sandbox.Write("app/Program.cs", "Console.WriteLine(System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Program).Assembly.Location).ProductVersion);");
        Publish([.. BuildImages.Properties("aspnet"), "-p:InformationalVersion=1;2 $(X) 'q'".Replace(";", "%3B", StringComparison.Ordinal).Replace("$", "%24", StringComparison.Ordinal)]).SucceededQuietly();
        Assert.AreEqual("1;2 $(X) 'q'", _image.Run().Succeeded().Output.Trim());
        Assert.Contains("app/wwwroot/site.css", Files());
        Assert.Contains("app/web.config", Files());
    }

    [TestMethod]
    public void On_scratch_there_is_nothing_but_the_app()
    {
        _sandbox.Console("app");
        Publish("-p:ContainerBaseImage=scratch").Succeeded();
        Assert.DoesNotContain("usr/", Files());
        Assert.Contains("app/app.dll", Files());
    }

    [TestMethod]
    public void A_build_image_may_have_no_shell()
    {
        // The testbed's runtime image has none, and with the SDK in it it has none either.
        var name = $"{Testbed.Registry}/sdk-without-shell/{Guid.NewGuid():N}:1";
        _sandbox.Write("shell/Dockerfile", $"FROM {Testbed.Registry}/dotnet/runtime:10.0\nCOPY --link --from={BuildImages.Sdk} /usr/share/dotnet /usr/share/dotnet\n");
        Testbed.Docker("buildx", "build", "--quiet", "--push", "--tag", name, _sandbox.PathOf("shell")).Succeeded();
        Testbed.Docker("rmi", name);
        _sandbox.Console("app");
        Publish($"-p:ContainerBuildImage={name}").SucceededQuietly();
        Assert.AreEqual("Hello", _image.Run().Succeeded().Output.Trim());
    }

    [TestMethod]
    public void Generating_writes_a_Dockerfile_as_publishing_would_build_it_and_stops()
    {
        _sandbox.Console("app");
        Generate(_sandbox).SucceededQuietly();
        var text = File.ReadAllText(_sandbox.PathOf("app/Dockerfile"));
        Expect.Sequence(DockerfileLint.Check(text));
        Assert.Contains("\"publish\", \"app/app.csproj\", \"-c\", \"Release\"", text);
        Assert.IsTrue(File.Exists(_sandbox.PathOf("app/Dockerfile.dockerignore")));
        Assert.IsFalse(Directory.Exists(_sandbox.PathOf("app/bin")));
    }

    [TestMethod]
    public void The_same_project_in_another_folder_gives_the_same_Dockerfile()
    {
        _sandbox.Console("app");
        using var other = new Sandbox().Console("app");
        Generate(_sandbox).Succeeded();
        Generate(other).Succeeded();
        Assert.AreEqual(File.ReadAllText(_sandbox.PathOf("app/Dockerfile")), File.ReadAllText(other.PathOf("app/Dockerfile")));
        Assert.AreEqual(File.ReadAllText(_sandbox.PathOf("app/Dockerfile.dockerignore")), File.ReadAllText(other.PathOf("app/Dockerfile.dockerignore")));
    }

    [TestMethod]
    public void A_lock_file_pins_the_base_and_the_build_image()
    {
        _sandbox.Console("app");
        string[] images = [$"-p:ContainerBuildImage={Testbed.Registry}/dotnet/aspnet:10.0", "-p:ContainerStrategy=MultiStage", $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0"];
        _sandbox.Dotnet("app", ["msbuild", "-t:UpdateContainerLock", "-v:minimal", .. images]).Succeeded();
        _sandbox.Dotnet("app", ["msbuild", "-restore", "-t:GenerateDockerfile", "-v:minimal", "-p:ContainerDockerfilePath=Dockerfile", .. images]).Succeeded();
        var stages = File.ReadLines(_sandbox.PathOf("app/Dockerfile")).Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).ToList();
        Assert.Contains($"FROM {Testbed.Registry}/dotnet/aspnet:10.0@sha256:", stages.Single(s => s.EndsWith(" AS sdk", StringComparison.Ordinal)));
        Assert.Contains($"FROM {Testbed.Registry}/dotnet/runtime:10.0@sha256:", stages.Single(s => s.EndsWith(" AS final", StringComparison.Ordinal)));
    }

    private static CommandResult Generate(Sandbox sandbox) => sandbox.Dotnet("app", [
        "msbuild", "-restore", "-t:GenerateDockerfile", "-v:minimal", "-p:ContainerStrategy=MultiStage", "-p:ContainerDockerfilePath=Dockerfile", $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0"]);

    private CommandResult Publish(params string[] arguments) =>
        _sandbox.Dotnet("app", ["publish", "-v", "minimal", "-p:ContainerStrategy=MultiStage", .. BuildImages.Properties(), .. _image.Properties, .. arguments]);

    private IEnumerable<string> Files()
    {
        var container = Testbed.Docker("create", $"{_image.Name}:latest").Succeeded().Answer.Trim();
        try
        {
            var archive = _sandbox.PathOf("files.tar");
            Testbed.Docker("export", "--output", archive, container).Succeeded();
            return [.. Command.Run("tar", ["-tf", archive]).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
        finally
        {
            Testbed.Docker("rm", container);
        }
    }
}
