using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class SourceFilesTests : IDisposable
{
    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public void What_is_copied_is_what_the_projects_see_without_outputs_and_secrets()
    {
        foreach (var path in (string[])["src/App/Program.cs", "src/App/sub/Part.cs", "src/App/NuGet.config", "src/App/.env", "src/App/bin/a.dll", "src/App/obj/b.json", "src/App/sub/.git/HEAD", "src/Other/Unused.cs",
            "Directory.Build.props", ".editorconfig", "shared/Ids.cs", "feeds/own/a.1.0.0.nupkg"]) _app.Write($"repo/{path}", "");
        var plan = Plan with
        {
            Projects = [new SourceProject("src/App/App.csproj", []) { LinkedFiles = ["shared/Ids.cs", "shared/Gone.cs"] }],
            Shared = ["Directory.Build.props", "feeds/own/"], CompilerFiles = [".editorconfig"], SecretConfigs = [new SecretConfig("nuget", "src/App/NuGet.config")],
        };
        Expect.Sequence(
            SourceFiles.Of(plan).Select(f => f.Target),
            "/source/.editorconfig", "/source/Directory.Build.props", "/source/feeds/own/a.1.0.0.nupkg", "/source/shared/Ids.cs", "/source/src/App/App.csproj", "/source/src/App/Program.cs", "/source/src/App/sub/Part.cs");
        Assert.AreEqual(_app["repo/shared/Ids.cs"], SourceFiles.Of(plan).First(f => f.Target == "/source/shared/Ids.cs").Source);
    }

    [TestMethod]
    public void A_linked_folder_is_not_followed()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Links need a right of their own.");
        _app.Write("elsewhere/Secret.cs", "");
        Directory.CreateSymbolicLink(_app["repo/src/App/linked"], _app["elsewhere"]);
        Directory.CreateSymbolicLink(_app["repo/src/App/circle"], _app["repo/src"]);
        Expect.Sequence(SourceFiles.Of(Plan).Select(f => f.Target), "/source/src/App/App.csproj");
    }

    [TestMethod]
    public void NuGet_configurations_are_found_in_whatever_case_but_not_in_outputs()
    {
        foreach (var path in (string[])["src/App/nuget.config", "src/App/test/data/NuGet.Config", "src/App/obj/nuget.config", "src/Lib/NUGET.CONFIG", "nuget.config"]) _app.Write($"repo/{path}", "");
        Expect.Sequence(
            SourceFiles.NuGetConfigsBelow(_app.Root, [_app.ProjectFolder, _app["repo/src/Lib"], _app["repo/src/App/test"]]).Order(StringComparer.Ordinal),
            _app["repo/src/App/nuget.config"], _app["repo/src/App/test/data/NuGet.Config"], _app["repo/src/Lib/NUGET.CONFIG"]);
    }

    private SourcePlan Plan => new() { Name = "App", Root = _app.Root, BuildImage = "x", Projects = [new SourceProject("src/App/App.csproj", [])] };
}
