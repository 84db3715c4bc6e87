using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class BuildScriptsTests : IDisposable
{
    private static readonly SourcePlan Plan = new()
    {
        Name = "Shop.Api", Root = "/repo", BuildImage = "r.example/sdk:10.0", Projects = [new SourceProject("src/Shop.Api/Shop.Api.csproj", [])], Properties = [new("InformationalVersion", "it's $HOME `id`")],
        Feeds = [new FolderFeed("feed-own", "/srv/own", "/feeds/own")],
    };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void There_is_one_for_each_shell_and_neither_has_a_path_of_this_machine()
    {
        var scripts = BuildScripts.Write(new BuildScriptRequest(Plan, "/repo/src/Shop.Api/build"));
        Expect.Sequence(scripts.Select(s => $"{s.Name} {s.IsProgram}"), "build.sh True", "build.ps1 False");
        foreach (var script in scripts)
        {
            Assert.DoesNotContain("/repo", script.Text);
            Assert.DoesNotContain("/srv", script.Text);
            StringAssert.Contains(script.Text, "../../..");
            StringAssert.Contains(script.Text, "builder/shop-api-");
        }
    }

    [TestMethod]
    public void The_sources_can_lie_anywhere() => Assert.AreEqual(
        BuildScripts.Write(new BuildScriptRequest(Plan, "/repo/build"))[0], BuildScripts.Write(new BuildScriptRequest(Plan with { Root = "/elsewhere/shop" }, "/elsewhere/shop/build"))[0]);

    [TestMethod]
    public void PowerShell_gets_text_in_single_quotes() => StringAssert.Contains(Write().PowerShell, "'-p:InformationalVersion=it%27s %24HOME `id`'");

    [TestMethod]
    public void Both_scripts_give_the_container_the_registry_credentials_of_the_user()
    {
        foreach (var script in (string[])[Write().Shell, Write().PowerShell])
        {
            StringAssert.Contains(script, $",target={Toolchain.RegistryConfig},readonly");
            StringAssert.Contains(script, "credsStore");
        }
    }

    [TestMethod]
    public void The_shell_runs_the_container_with_what_is_given_to_the_script_behind_the_rest()
    {
        var arguments = Run(Write().Shell, "-p:Version=3.0.0", "two words").TakeWhile(a => a != "load").ToList();
        var dotnet = arguments.SkipWhile(a => a != "r.example/sdk:10.0").ToList();
        Expect.Sequence(
            dotnet, "r.example/sdk:10.0", "publish", "/source/src/Shop.Api/Shop.Api.csproj", "-c", "Release", "--artifacts-path", "/artifacts", "-p:ContainerStrategy=Layered",
            "-p:InformationalVersion=it%27s %24HOME `id`", "-p:Version=3.0.0", "two words");
        Assert.Contains($"type=bind,source={_folder.Path},target=/source", arguments);
        Assert.Contains("type=bind,source=/own feeds,target=/feeds/own,readonly", arguments);
        Assert.IsEmpty(Toolchain.Variables.Select(v => $"{v.Key}={v.Value}").Except(arguments));
        Assert.DoesNotContain("--network", arguments);
    }

    [TestMethod]
    public void For_an_engine_the_image_is_an_archive_that_it_loads()
    {
        var arguments = Run(Write(loads: true, network: "host").Shell);
        Assert.Contains("-p:ContainerArchiveOutputPath=/out/image.tar", arguments);
        Assert.AreEqual("host", arguments[arguments.IndexOf("--network") + 1]);
        Expect.Sequence(arguments.SkipWhile(a => a != "load").Take(2), "load", "--input");
    }

    [TestMethod]
    public void A_feed_whose_folder_is_not_said_is_asked_for()
    {
        File.WriteAllText(_folder["build.sh"], Write().Shell);
        Fake();
        var result = Command.Run("sh", [_folder["build.sh"]], environment: Environment(feed: null));
        Assert.AreNotEqual(0, result.ExitCode);
        StringAssert.Contains(result.Output, "FEED_OWN");
    }

    private static (string Shell, string PowerShell) Write(bool loads = false, string? network = null)
    {
        var scripts = BuildScripts.Write(new BuildScriptRequest(Plan, Plan.Root) { LoadsIntoEngine = loads, Network = network });
        return (scripts[0].Text, scripts[1].Text);
    }

    // The arguments of all that the engine is told, a line each.
    private List<string> Run(string script, params string[] arguments)
    {
        File.WriteAllText(_folder["build.sh"], script);
        Fake();
        Command.Run("sh", [_folder["build.sh"], .. arguments], environment: Environment("/own feeds")).Succeeded();
        return [.. File.ReadAllLines(_folder["told"])];
    }

    private void Fake()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("There is no sh.");
        File.WriteAllText(_folder["engine"], $"#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'Docker version 26'; exit; fi\nprintf '%s\\n' \"$@\" >> '{_folder["told"]}'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["engine"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private Dictionary<string, string?> Environment(string? feed) =>
        new() { ["CONTAINER_ENGINE"] = _folder["engine"], ["HOME"] = _folder.Path, ["XDG_CACHE_HOME"] = _folder["cache"], ["FEED_OWN"] = feed };
}
