using static Container.Sdk.Planning.Tests.Parts;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class LayeredStrategyTests
{
    [TestMethod]
    [DataRow("/app", "app/App.dll")]
    [DataRow("/srv/orders/", "srv/orders/App.dll")]
    [DataRow("/", "App.dll")]
    public void Files_lie_in_the_working_directory(string folder, string path) => Assert.AreEqual(path, Arrange(folder, App()).Single().Files.Single().Path);

    [TestMethod]
    public void Programs_can_be_started_and_all_else_cannot()
    {
        var files = Arrange("/app", App("data"), App("program") with { IsProgram = true }, App("zlink") with { LinkTarget = "data" }).Single().Files;
        Assert.AreEqual("644 755 777", string.Join(' ', files.Select(f => Convert.ToString((int)f.Mode, 8))));
        Assert.AreEqual("data", files[2].LinkTarget);
    }

    [TestMethod]
    public void The_files_of_a_layer_come_in_the_order_of_the_tar() => Assert.AreEqual(
        "app/a|app/a/b|app/a.txt|app/b", string.Join('|', Arrange("/app", App("b"), App("a.txt"), App("a/b"), App("a")).Single().Files.Select(f => f.Path)));

    [TestMethod]
    public void A_layer_names_its_components()
    {
        var layers = Arrange("/app", App(), Package("B", "2", 1), Package("A", "1", 1));
        Assert.AreEqual("package A 1, package B 2", string.Join(", ", layers[0].Components));
        Assert.AreEqual((OriginKind.Package, OriginKind.App), (layers[0].Kind, layers[1].Kind));
    }

    [TestMethod]
    public void Two_files_for_one_place_are_refused() =>
        Expect.Failure(Diagnostics.SamePathTwice, () => Arrange("/app", App("x"), Package("A", "1", 1) with { RelativePath = "x" }));

    [TestMethod]
    public void Names_that_differ_by_case_are_two_places() => Assert.HasCount(2, Arrange("/app", App("x"), App("X")).Single().Files);

    // Such a name deletes files of the layers below (image-spec, layer.md, "Whiteouts").
    [TestMethod]
    [DataRow(".wh.x")]
    [DataRow("a/.wh.x")]
    [DataRow(".wh..wh..opq")]
    [DataRow(".wh.a/x")]
    [DataRow("../x")]
    [DataRow("a/../x")]
    [DataRow("./x")]
    [DataRow("a//x")]
    [DataRow("/x")]
    [DataRow("a/")]
    [DataRow("")]
    [DataRow("a\nb")]
    [DataRow("a\u001b[2Jb")]
    [DataRow("a\0b")]
    public void Names_that_a_layer_cannot_hold_are_refused(string name) => Expect.Failure(Diagnostics.ImpossibleName, () => Arrange("/app", App(name)));

    [TestMethod]
    [DataRow("a.wh.x")]
    [DataRow(".whx")]
    [DataRow("...")]
    [DataRow("Größe 1.txt")]
    public void Every_other_name_is_fine(string name) => Assert.AreEqual($"app/{name}", Arrange("/app", App(name)).Single().Files.Single().Path);

    [TestMethod]
    public void The_history_says_how_many_files_a_layer_has_and_of_which_components()
    {
        var layers = Arrange("/app", App(), Package("A", "1", 1), Package("B", "2", 1));
        Assert.AreEqual("Container.Sdk: small packages (2), 2 files: package A 1, package B 2", layers[0].CreatedBy);
        Assert.AreEqual("Container.Sdk: application, 1 file", layers[1].CreatedBy);
    }

    private static List<PlannedLayer> Arrange(string folder, params PublishedFile[] files) => [.. StrategyTable.Layered.Plan(Describe(files) with { Settings = new ContainerSettings { WorkingDirectory = folder } }).Layers];
}
