using System.Collections.Immutable;
using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

/// <summary>From a restored project to what a container of the .NET SDK makes of it, with real engines.</summary>
[TestClass]
public sealed class RealToolContainerTests : IDisposable
{
    private readonly RestoredApp _app = new();
    private readonly RecordingReporter _reporter = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public async Task An_engine_of_this_machine_compiles_over_the_sources()
    {
        await PublishAsync("");
        IsPublished();
        Assert.DoesNotContain("sources are copied", _reporter.Text);
        Assert.IsFalse(Directory.Exists(_app["repo/src/App/bin"]), "It was compiled here.");
    }

    [TestMethod]
    public async Task An_engine_elsewhere_compiles_a_copy()
    {
        await PublishAsync(Testbed.SecondEngine);
        IsPublished();
        StringAssert.Contains(_reporter.Text, "sources are copied");
    }

    [TestMethod]
    public void A_build_script_does_the_same()
    {
        var script = BuildScripts.Write(new BuildScriptRequest(Plan(), _app.ProjectFolder) { Network = "host" })[0];
        _app.Write("repo/src/App/build.sh", script.Text);
        var environment = new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = _app["cache"], ["HOME"] = _app["home"] };
        Command.Run("sh", ["build.sh", "-p:Version=2.0.0", "-p:ContainerStageDirectory=/out"], _app.ProjectFolder, environment).Succeeded();
        var written = Directory.EnumerateFiles(_app["cache"], "plan.json", SearchOption.AllDirectories).Single();
        Expect.Sequence(File.ReadAllLines(written), "2.0.0", "Layered", "/nuget/packages", "/tmp/build", "false");
    }

    private void IsPublished()
    {
        // The version is a property of the command line; the rest is where the container has what.
        Expect.Sequence(File.ReadAllLines(_app["repo/src/App/obj/stage/plan.json"]), "1.2.3", "Layered", "/nuget/packages", "/tmp/build", "false");
        Expect.Sequence(_warnings.Select(w => w.Split(" [")[0]), $"{_app["repo/src/App/Program.cs"]}(1,10): warning CS1030: #warning: 'compiled'");
    }

    private async Task PublishAsync(string context)
    {
        var plan = Plan();
        var request = new ToolContainerRequest
        {
            Plan = plan,
            Secrets = await NuGetSecrets.ReadAsync(plan, _app.Project, _app.ExtensionsPath, _reporter, default),
            CacheFolder = _app["cache"],
            StageFolder = _app["repo/src/App/obj/stage"],
            Engine = new EngineOptions { Preferred = "docker", Context = context },
            Network = "host",
        };
        await new ToolContainer(request, _reporter, _warnings.Add).PublishAsync(default);
    }

    private SourcePlan Plan()
    {
        var image = BuildImages.Sdk;
        _app.Config("repo/NuGet.config", "<packageSources><clear /></packageSources>");
        _app.Write("repo/src/App/Program.cs", "#warning compiled\nSystem.Console.WriteLine(\"Hello\");");
        // The last target does what Container.Sdk does where it is told a stage folder.
        _app.Write("repo/src/App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <Target Name="Stage" AfterTargets="Publish" Condition="'$(ContainerStageDirectory)' != ''">
                <WriteLinesToFile File="$(ContainerStageDirectory)/plan.json" Lines="$(Version);$(ContainerStrategy);$(NuGetPackageRoot);$(HOME);$(UseSharedCompilation)" Overwrite="true" />
              </Target>
            </Project>
            """);
        var environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" };
        Command.Run("dotnet", ["restore", _app.Project, "-v", "quiet"], _app.Root, environment).Succeeded();
        return SourcePlanReader.Read(
            new SourceRequest
            {
                ProjectName = "App", ProjectFile = _app.Project, ExtensionsPath = _app.ExtensionsPath, BuildImage = image, TargetFramework = "net10.0", IsRelease = true,
                GivenProperties = ImmutableDictionary<string, string>.Empty.Add("Version", "1.2.3"), ToolFolders = [Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!)],
            },
            _reporter);
    }
}
