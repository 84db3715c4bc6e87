namespace Container.Sdk.Package.Tests;

/// <summary>
/// MultiStage: a fat stage compiles, the last one is thin, and packages are carried from build to build. A web app needs a compiler beside
/// that of .NET; a console app is self-contained, and compiled in an image without a shell.
/// </summary>
[TestClass]
public sealed class MultiStage
{
    private static readonly Published Web = new(), SelfContained = new();

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        Web.Sandbox.Console("app", """<Target Name="Use" BeforeTargets="CoreCompile"><Exec Command="hello" /></Target>""", sdk: "Microsoft.NET.Sdk.Web")
            .Write("app/wwwroot/site.css", "body {}")
            .Write("app/Program.cs", "Console.WriteLine(System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Program).Assembly.Location).ProductVersion);");
        Web.Publish([.. BuildImages.Properties("aspnet"), "-p:ContainerBuildPackages=hello", "-p:InformationalVersion=1%3B2 %24(X) 'q'"]);

        SelfContained.Sandbox.Console("app");
        SelfContained.Publish([.. BuildImages.Properties("runtime-deps"), $"-p:ContainerBuildImage={BuildImages.SdkWithoutShell}", "-r", "linux-x64", "--self-contained"]);
    }

    [ClassCleanup]
    public static void Clean()
    {
        Web.Dispose();
        SelfContained.Dispose();
    }

    [TestMethod]
    public void A_compiler_that_the_build_needs_is_in_its_stage_and_not_in_the_image()
    {
        Assert.Contains("app/app.dll", Web.Files);
        Assert.DoesNotContain("usr/bin/hello", Web.Files);
        Assert.DoesNotContain("usr/share/dotnet/sdk/", Web.Files);
    }

    [TestMethod]
    public void A_web_app_has_its_static_files()
    {
        Assert.Contains("app/wwwroot/site.css", Web.Files);
        Assert.Contains("app/web.config", Web.Files);
    }

    [TestMethod]
    public void A_property_of_the_command_line_has_its_value() => Assert.AreEqual("1;2 $(X) 'q'", Web.Says);

    [TestMethod]
    public void A_self_contained_app_runs_on_an_image_without_the_runtime()
    {
        Assert.AreEqual("Hello", SelfContained.Says);
        Assert.Contains("app/System.Private.CoreLib.dll", SelfContained.Files);
    }

    [TestMethod]
    public void A_build_image_may_have_no_shell()
    {
        Assert.AreNotEqual(0, Testbed.Docker("run", "--rm", "--network", "none", "--entrypoint", "sh", BuildImages.SdkWithoutShell, "-c", "true").ExitCode, "There is a shell.");
        Assert.Contains("app/app", SelfContained.Files);
    }

    [TestMethod]
    public void On_scratch_there_is_nothing_but_the_app()
    {
        using var app = new Published();
        app.Sandbox.Console("app");
        app.Publish([.. BuildImages.Properties(), "-p:ContainerBaseImage=scratch"], runs: false);
        Assert.DoesNotContain("usr/", app.Files);
        Assert.Contains("app/app.dll", app.Files);
    }

    [TestMethod]
    public void Generating_writes_a_Dockerfile_as_publishing_would_build_it_and_stops()
    {
        using var sandbox = new Sandbox().Console("app");
        Generate(sandbox).SucceededQuietly();
        var text = File.ReadAllText(sandbox.PathOf("app/Dockerfile"));
        Expect.Sequence(DockerfileLint.Check(text));
        Assert.Contains("\"publish\", \"app/app.csproj\", \"-c\", \"Release\"", text);
        Assert.IsTrue(File.Exists(sandbox.PathOf("app/Dockerfile.dockerignore")));
        Assert.IsFalse(Directory.Exists(sandbox.PathOf("app/bin")));
    }

    [TestMethod]
    public void The_same_project_in_another_folder_gives_the_same_Dockerfile()
    {
        using var sandbox = new Sandbox().Console("app");
        using var other = new Sandbox().Console("app");
        Generate(sandbox).Succeeded();
        Generate(other).Succeeded();
        Assert.AreEqual(File.ReadAllText(sandbox.PathOf("app/Dockerfile")), File.ReadAllText(other.PathOf("app/Dockerfile")));
        Assert.AreEqual(File.ReadAllText(sandbox.PathOf("app/Dockerfile.dockerignore")), File.ReadAllText(other.PathOf("app/Dockerfile.dockerignore")));
    }

    [TestMethod]
    public void A_lock_file_pins_the_base_and_the_build_image()
    {
        using var sandbox = new Sandbox().Console("app");
        string[] images = [$"-p:ContainerBuildImage={Testbed.Registry}/dotnet/aspnet:10.0", "-p:ContainerStrategy=MultiStage", $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0"];
        sandbox.Dotnet("app", ["msbuild", "-t:UpdateContainerLock", "-v:minimal", .. images]).Succeeded();
        sandbox.Dotnet("app", ["msbuild", "-restore", "-t:GenerateDockerfile", "-v:minimal", "-p:ContainerDockerfilePath=Dockerfile", .. images]).Succeeded();
        var stages = File.ReadLines(sandbox.PathOf("app/Dockerfile")).Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).ToList();
        Assert.Contains($"FROM {Testbed.Registry}/dotnet/aspnet:10.0@sha256:", stages.Single(s => s.EndsWith(" AS sdk", StringComparison.Ordinal)));
        Assert.Contains($"FROM {Testbed.Registry}/dotnet/runtime:10.0@sha256:", stages.Single(s => s.EndsWith(" AS final", StringComparison.Ordinal)));
    }

    private static CommandResult Generate(Sandbox sandbox) => sandbox.Dotnet("app", [
        "msbuild", "-restore", "-t:GenerateDockerfile", "-v:minimal", "-p:ContainerStrategy=MultiStage", "-p:ContainerDockerfilePath=Dockerfile", $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0"]);

    private sealed class Published : IDisposable
    {
        private EngineRepository? _image;

        public Sandbox Sandbox { get; } = new();

        public string Says { get; private set; } = "";

        public IReadOnlyList<string> Files { get; private set; } = [];

        public void Publish(string[] arguments, bool runs = true)
        {
            _image = new EngineRepository();
            var publish = Sandbox.Dotnet("app", ["publish", "-v", "minimal", "-p:ContainerStrategy=MultiStage", .. _image.Properties, .. arguments]).Succeeded();
            if (runs) (_, Says) = (publish.SucceededQuietly(), _image.Run().Succeeded().Output.Trim());
            Files = List();
        }

        public void Dispose()
        {
            _image?.Dispose();
            Sandbox.Dispose();
        }

        private List<string> List()
        {
            var container = Testbed.Docker("create", $"{_image!.Name}:latest").Succeeded().Answer.Trim();
            try
            {
                var archive = Sandbox.PathOf("files.tar");
                Testbed.Docker("export", "--output", archive, container).Succeeded();
                return [.. Command.Run("tar", ["-tf", archive]).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
            }
            finally
            {
                Testbed.Docker("rm", container);
            }
        }
    }
}
