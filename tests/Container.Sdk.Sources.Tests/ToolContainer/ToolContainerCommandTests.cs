using Container.Sdk.Engines;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class ToolContainerCommandTests
{
    private static readonly SourcePlan Plan = new() { Name = "App", Root = "/repo", BuildImage = "r.example/sdk:10.0", Projects = [new SourceProject("src/App/App.csproj", [])] };

    [TestMethod]
    public void It_publishes_the_app_into_the_stage_folder()
    {
        var run = ToolContainerCommand.Run(Plan with { Framework = "net10.0", Configuration = "Debug", Properties = [new("DefineConstants", "A;B")] }, null, []);
        Expect.Sequence(
            run.Command, "dotnet", "publish", "/source/src/App/App.csproj", "-f", "net10.0", "-c", "Debug", "--artifacts-path", "/artifacts", "-p:ContainerStrategy=Layered", "-p:ContainerStageDirectory=/image",
            "-p:DefineConstants=A%3BB");
        Assert.AreEqual(("r.example/sdk:10.0", "/source", null), (run.Image, run.WorkingDirectory, run.Network));
    }

    [TestMethod]
    public void The_toolchain_has_all_variables_that_it_has_in_a_Dockerfile_and_a_home()
    {
        Assert.IsEmpty(Toolchain.Variables.Except(ToolContainerCommand.Variables));
        var names = ToolContainerCommand.Variables.Select(v => v.Key).ToList();
        Assert.Contains("HOME", names);
        Assert.HasCount(names.Count, names.Distinct());
    }

    [TestMethod]
    public void What_is_in_its_secrets_is_never_shown() =>
        Expect.Sequence(ToolContainerCommand.Run(Plan, "host", [new BuildSecret("a", "x") { Hidden = ["canary"] }]).Hidden, "canary");

    [TestMethod]
    public void A_secret_lies_where_NuGet_looks_for_it()
    {
        var plan = Plan with { SecretConfigs = [new SecretConfig("nuget-src", "src/NuGet.config")] };
        Assert.AreEqual("/tmp/build/.nuget/NuGet/NuGet.Config", ToolContainerCommand.TargetOf(plan, new BuildSecret(SourceDockerfile.NuGetSecret, "")));
        Assert.AreEqual("/source/src/NuGet.config", ToolContainerCommand.TargetOf(plan, new BuildSecret("nuget-src", "")));
    }

    [TestMethod]
    public void What_stays_is_kept_apart_by_project_build_image_and_framework()
    {
        var keys = ((SourcePlan[])[Plan, Plan with { BuildImage = "r.example/sdk:11.0" }, Plan with { Framework = "net10.0" }, Plan with { Root = "/other" }, Plan with { Name = "Another name" }])
            .Select(p => ToolContainerFolders.Of("/cache", p).Key).ToList();
        Assert.HasCount(4, keys.Distinct());
        Assert.AreEqual(keys[0], keys[4]);
    }
}
