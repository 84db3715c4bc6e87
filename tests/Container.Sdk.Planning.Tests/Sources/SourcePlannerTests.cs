namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class SourcePlannerTests
{
    [TestMethod]
    public void A_project_comes_behind_those_that_it_uses_and_the_app_last()
    {
        var projects = Plan("/repo", Facts("/repo/app/App.csproj", "/repo/b/B.csproj", "/repo/a/A.csproj"), Facts("/repo/a/A.csproj", "/repo/b/B.csproj"), Facts("/repo/b/B.csproj"));
        Assert.AreEqual("b/B.csproj a/A.csproj app/App.csproj", string.Join(' ', projects.Select(p => p.File)));
        Assert.AreEqual("b/B.csproj a/A.csproj", string.Join(' ', projects[^1].Uses));
    }

    [TestMethod]
    public void A_circle_of_references_ends()
    {
        var projects = Plan("/repo", Facts("/repo/app/App.csproj", "/repo/app/App.csproj", "/repo/a/A.csproj"), Facts("/repo/a/A.csproj", "/repo/app/App.csproj"));
        Assert.AreEqual("a/A.csproj app/App.csproj", string.Join(' ', projects.Select(p => p.File)));
        Assert.AreEqual("a/A.csproj", string.Join(' ', projects[^1].Uses));
    }

    [TestMethod]
    public void An_import_in_the_project_s_folder_is_read_by_restore()
    {
        var projects = Plan("/repo", Facts("/repo/app/App.csproj") with { Imports = ["/repo/app/own.props", "/repo/build/common.props", "/repo/app/App.csproj"] });
        Assert.AreEqual("app/own.props", string.Join(' ', projects[0].RestoreFiles));
    }

    [TestMethod]
    public void A_file_of_another_folder_is_linked()
    {
        var projects = Plan("/repo", Facts("/repo/app/App.csproj") with { Inputs = ["/repo/shared/Ids.cs", "/repo/app/Program.cs"] });
        Assert.AreEqual("shared/Ids.cs", string.Join(' ', projects[0].LinkedFiles));
    }

    [TestMethod]
    public void Outputs_in_the_project_s_folder_need_no_mention_and_others_do()
    {
        var projects = Plan("/repo", Facts("/repo/app/App.csproj") with { Outputs = ["/repo/app/obj", "/repo/artifacts/bin/App"] });
        Assert.AreEqual("artifacts/bin/App", string.Join(' ', projects[0].Outputs));
    }

    [TestMethod]
    public void A_file_outside_of_the_root_is_refused()
    {
        var error = Assert.ThrowsExactly<ContainerException>(() => Plan("/repo", Facts("/repo/app/App.csproj") with { Inputs = ["/elsewhere/Ids.cs"] }));
        Assert.AreEqual(Diagnostics.SourceOutside, error.Diagnostic);
        StringAssert.Contains(error.Message, "/elsewhere/Ids.cs");
    }

    [TestMethod]
    [DataRow("/r", "/r/s", "/r", DisplayName = "the repository")]
    [DataRow(null, "/r/s", "/r/s", DisplayName = "the solution's folder")]
    [DataRow(null, "/r/other", "/r/s", DisplayName = "the lowest folder that has all")]
    public void The_root_is(string? repository, string? solution, string expected) =>
        Assert.AreEqual(expected, SourceRoot.Choose(repository, solution, ["/r/s/app/App.csproj", "/r/s/lib/Lib.csproj", "/r/s/NuGet.config"]));

    [TestMethod]
    public void The_ignore_file_keeps_what_is_needed_and_then_drops_what_nobody_is_to_see()
    {
        var text = SourceIgnore.Write(new SourcePlan
        {
            Name = "App", Root = "/repo", BuildImage = "x", Shared = ["NuGet.config", "feeds/own/"], SecretConfigs = [new SecretConfig("nuget-app", "app/NuGet.config")],
            Projects = [new SourceProject("libs/[x]/X.csproj", []) { LinkedFiles = ["shared/Ids.cs"] }, new SourceProject("app/App.csproj", []) { Outputs = ["artifacts/bin/App"] }],
        });
        var lines = text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').ToList();
        Assert.AreEqual(@"** !NuGet.config !app !feeds/own !libs/\[x] !shared/Ids.cs", string.Join(' ', lines.Take(6)));
        foreach (var dropped in (string[])["**/obj", "**/bin", "**/.git", "**/.env", "**/*.pfx", "app/NuGet.config", "artifacts/bin/App"]) Assert.IsTrue(lines.IndexOf(dropped) > 5, dropped);
    }

    private static SourceFacts Facts(string file, params string[] references) => new(file, [.. references]);

    private static System.Collections.Immutable.ImmutableArray<SourceProject> Plan(string root, params SourceFacts[] facts) =>
        new SourcePlanner(root, facts.ToDictionary(f => f.File)).Projects(facts[0].File, []);
}
