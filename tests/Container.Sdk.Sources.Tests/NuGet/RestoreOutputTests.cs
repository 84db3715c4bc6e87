namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class RestoreOutputTests : IDisposable
{
    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public void It_tells_configurations_sources_and_package_folders()
    {
        var output = _app.Restore(["/a/NuGet.config", "/b/NuGet.config"], ["https://feeds.example/v3/index.json", "/feeds/own"]).Output;
        Expect.Sequence(output.ConfigFiles, "/a/NuGet.config", "/b/NuGet.config");
        Expect.Sequence(output.Sources.Order(StringComparer.Ordinal), "/feeds/own", "https://feeds.example/v3/index.json");
        Expect.Sequence(output.PackageFolders, _app["fallback"], _app["packages"]);
    }

    [TestMethod]
    public void A_project_that_was_not_restored_is_refused() => Expect.Failure(Diagnostics.SourcesNotRestored, () => _ = _app.Output);

    [TestMethod]
    [DataRow("", DisplayName = "an empty file")]
    [DataRow("{", DisplayName = "half of a file")]
    [DataRow("""{"format": 1, "restore": {}, "projects": {}}""", DisplayName = "the graph of another project")]
    [DataRow("""{"format": 1, "restore": {}, "projects": []}""", DisplayName = "something else")]
    public void What_is_no_graph_of_the_project_is_refused(string text)
    {
        _app.Restore([], []);
        _app.Write("repo/src/App/obj/App.csproj.nuget.dgspec.json", text);
        Expect.Failure(Diagnostics.SourcesNotRestored, () => _ = _app.Output);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    public void What_is_no_list_of_assets_is_refused(string text)
    {
        _app.Restore([], [], text);
        Expect.Failure(Diagnostics.SourcesNotRestored, () => _ = _app.Output);
    }

    [TestMethod]
    [DataRow(3, ".NETCoreApp,Version=v10.0", DisplayName = "as older SDKs name it")]
    [DataRow(3, "net10.0", DisplayName = "by its short name")]
    [DataRow(4, "net10.0", DisplayName = "as the project names it")]
    public void The_framework_of_a_referenced_project_is_that_which_restore_chose_for_the_app_s(int version, string target)
    {
        var output = _app.Restore([], [], Assets(version, "net9.0", target)).Output;
        Assert.AreEqual(".NETCoreApp,Version=v8.0", output.FrameworkOf(_app["repo/src/Lib/Lib.csproj"], "net10.0"));
    }

    [TestMethod]
    public void Where_the_app_s_framework_is_not_known_any_choice_is_better_than_none()
    {
        var output = _app.Restore([], [], Assets(4, "net9.0", "net10.0")).Output;
        Assert.AreEqual(".NETStandard,Version=v2.0", output.FrameworkOf(_app["repo/src/Lib/Lib.csproj"], ""));
    }

    [TestMethod]
    public void A_project_that_restore_does_not_know_has_no_framework() =>
        Assert.AreEqual("", _app.Restore([], [], Assets(4, "net9.0", "net10.0")).Output.FrameworkOf(_app["repo/src/Other/Other.csproj"], "net10.0"));

    private static string Assets(int version, string first, string second) => $$$"""
        {
          "version": {{{version}}},
          "targets": {
            "{{{first}}}": { "Lib/1.0.0": { "type": "project", "framework": ".NETStandard,Version=v2.0" } },
            "{{{second}}}": { "Lib/1.0.0": { "type": "project", "framework": ".NETCoreApp,Version=v8.0" } }
          },
          "libraries": { "Lib/1.0.0": { "type": "project", "path": "../Lib/Lib.csproj", "msbuildProject": "../Lib/Lib.csproj" } },
          "project": { "version": "1.0.0", "frameworks": { "net9.0": { "framework": "net9.0", "targetAlias": "net9.0" }, "net10.0": { "framework": "net10.0", "targetAlias": "net10.0" } } }
        }
        """;
}
