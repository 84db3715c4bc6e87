namespace Container.Sdk.Processes.Tests;

[TestClass]
public sealed class GitProjectPathsTests
{
    [TestMethod]
    public void A_project_is_its_folder() => Assert.AreEqual("src/Orders", Of("/repo/src/Orders").Paths[0]);

    [TestMethod]
    public void A_project_at_the_root_is_the_whole_repository() => Assert.AreEqual("", Of("/repo").Paths.Single());

    [TestMethod]
    public void Files_in_the_folder_are_not_named_again() => Assert.IsFalse(
        Of("/repo/src/Orders", inputs: ["/repo/src/Orders/Program.cs", "Program.cs"]).Paths.Any(p => p.Contains("Program.cs", StringComparison.Ordinal)));

    [TestMethod]
    [DataRow("/repo/shared/Texts.cs")]
    [DataRow("../../shared/Texts.cs")]
    public void A_file_from_elsewhere_in_the_repository_belongs_to_it(string input) => Assert.Contains("shared/Texts.cs", Of("/repo/src/Orders", inputs: [input]).Paths);

    [TestMethod]
    public void A_folder_with_a_similar_name_is_elsewhere() => Assert.Contains("src/Orders.Api/Texts.cs", Of("/repo/src/Orders", inputs: ["../Orders.Api/Texts.cs"]).Paths);

    [TestMethod]
    [DataRow("/elsewhere/Texts.cs")]
    [DataRow("/repository/Texts.cs")]
    [DataRow("../../../Texts.cs")]
    public void What_lies_outside_of_the_repository_has_no_history_in_it(string input) => Assert.AreEqual(
        string.Join('\n', Of("/repo/src/Orders").Paths), string.Join('\n', Of("/repo/src/Orders", inputs: [input]).Paths));

    [TestMethod]
    [DataRow("src/Directory.Build.props")]
    [DataRow("Directory.Build.props")]
    [DataRow("Directory.Build.targets")]
    [DataRow("Directory.Packages.props")]
    [DataRow("global.json")]
    [DataRow(".editorconfig")]
    [DataRow(".globalconfig")]
    public void What_is_looked_for_above_a_project_belongs_to_it_whether_it_is_there_or_not(string path) => Assert.Contains(path, Of("/repo/src/Orders").Paths);

    [TestMethod]
    public void What_is_built_does_not_belong_to_it()
    {
        var outputs = Of("/repo/src/Orders", outputs: ["bin/", "/repo/src/Orders/obj/"]).Outputs;
        Assert.AreEqual("src/Orders/bin src/Orders/obj", string.Join(' ', outputs));
    }

    [TestMethod]
    [DataRow("./")]
    [DataRow("../../")]
    [DataRow("../../artifacts/bin/")]
    public void An_output_folder_that_is_not_within_the_project_takes_nothing_away(string output) => Assert.IsEmpty(Of("/repo/src/Orders", outputs: [output]).Outputs);

    [TestMethod]
    public void Of_a_submodule_that_a_file_comes_from_the_entry_counts()
    {
        var sources = Of("/repo/src/Orders", submodules: ["/repo/vendor/texts/", "/repo/vendor/texts/inner/"], inputs: ["/repo/vendor/texts/inner/Texts.cs"]);
        Assert.Contains("vendor/texts", sources.Paths);
        Assert.IsFalse(sources.Paths.Any(p => p.StartsWith("vendor/texts/", StringComparison.Ordinal)));
        Assert.IsEmpty(sources.UnusedSubmodules);
    }

    [TestMethod]
    public void A_submodule_that_nothing_comes_from_is_unused()
    {
        var sources = Of("/repo/src/Orders", submodules: ["/repo/vendor/texts/", "/repo/src/Orders/own/"], inputs: ["/repo/vendor/Texts.cs"]);
        Assert.AreEqual("/repo/vendor/texts/", sources.UnusedSubmodules.Single());
    }

    private static GitProjectPaths Of(string folder, string[]? submodules = null, string[]? inputs = null, string[]? outputs = null) =>
        GitProjectPaths.Of(folder, "/repo/", submodules ?? [], inputs ?? [], outputs ?? []);
}
