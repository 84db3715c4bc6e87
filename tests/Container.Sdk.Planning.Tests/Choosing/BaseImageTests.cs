using System.Text;

namespace Container.Sdk.Planning.Tests;

/// <summary>What a base brings, and what an app adds to it.</summary>
[TestClass]
public sealed class BaseImageTests
{
    private static readonly ImageConfiguration Aspnet = Image("""{"Env": ["DOTNET_VERSION=10.0.1", "ASPNET_VERSION=10.0.1"]}""");
    private static readonly ImageConfiguration Runtime = Image("""{"Env": ["DOTNET_VERSION=10.0.1"]}""");

    [TestMethod]
    public void A_library_is_the_layer_of_a_project_and_nothing_of_a_program() => Assert.AreEqual(
        "package P 1.0.0: app/P.dll | project Lib: app/Lib.dll app/settings.json",
        Text(BaseImageStrategy.ArrangeBase([File("Lib.dll", FileOrigin.App), File("Lib.deps.json", FileOrigin.App), File("settings.json", FileOrigin.Content), File("wwwroot/a.js", FileOrigin.StaticAsset), Package("P.dll")], "Lib", "/app", 32)));

    [TestMethod]
    public void The_base_of_an_app_has_nothing_of_the_app() => Assert.AreEqual(
        "package P 1.0.0: app/P.dll", Text(BaseImageStrategy.ArrangeBase([File("App.dll", FileOrigin.App), File("App", FileOrigin.Host), Package("P.dll")], "", "/app", 32)));

    [TestMethod]
    public void An_app_adds_what_the_base_lacks_and_what_is_different()
    {
        var brought = BaseRecord.Of(BaseImageStrategy.ArrangeBase([Package("P.dll"), File("Lib.dll", new FileOrigin(OriginKind.Project, "Lib"), "old")], "", "/app", 32), Hash);
        var app = BaseImageStrategy.ArrangeApp([Package("P.dll"), File("Lib.dll", new FileOrigin(OriginKind.Project, "Lib"), "new"), File("App.dll", FileOrigin.App)], brought, Hash, "/app", 32);
        Assert.AreEqual("project Lib: app/Lib.dll | application: app/App.dll", Text(app.Layers));
        Assert.AreEqual("app/Lib.dll", string.Join(' ', app.Replaced));
    }

    [TestMethod]
    public void A_file_in_another_folder_or_with_another_mode_is_not_there_yet()
    {
        var brought = BaseRecord.Of(BaseImageStrategy.ArrangeBase([Package("P.dll")], "", "/app", 32), Hash);
        Assert.AreEqual("package P 1.0.0: srv/P.dll", Text(BaseImageStrategy.ArrangeApp([Package("P.dll")], brought, Hash, "/srv", 32).Layers));
        Assert.AreEqual("app/P.dll", string.Join(' ', BaseImageStrategy.ArrangeApp([Package("P.dll") with { IsProgram = true }], brought, Hash, "/app", 32).Replaced));
    }

    [TestMethod]
    public void What_a_base_brings_is_read_from_its_label()
    {
        var brought = BaseRecord.Of(BaseImageStrategy.ArrangeBase([Package("P.dll"), Package("ä \"b\".so") with { LinkTarget = "P.dll" }], "", "/app", 32), Hash);
        var read = BaseRecord.Read(new Dictionary<string, string> { [BaseRecord.Label] = brought.ToLabel()! }, "base:1");
        Assert.AreEqual(string.Join('\n', brought.Files), string.Join('\n', read.Files));
        Assert.IsEmpty(BaseRecord.Read(new Dictionary<string, string>(), "base:1").Files);
    }

    [TestMethod]
    public void A_label_that_is_none_is_said_of_the_image()
    {
        var e = Assert.ThrowsExactly<ContainerException>(() => BaseRecord.Read(new Dictionary<string, string> { [BaseRecord.Label] = "{" }, "base:1"));
        Assert.AreEqual(Diagnostics.NotAnImage, e.Diagnostic);
        Assert.Contains("base:1", e.Message);
    }

    [TestMethod]
    public void So_many_files_that_no_label_holds_them_are_no_label() =>
        Assert.IsNull(new BaseRecord(BaseRecord.Empty.Files.AddRange(Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create($"app/{i}", new string('0', 64))))).ToLabel());

    [TestMethod]
    public void A_base_fits_with_the_same_runtime_or_a_newer_one()
    {
        Assert.IsNull(BaseFit.Fault(Aspnet, "10.0", needsAspNet: true));
        Assert.IsNull(BaseFit.Fault(Aspnet, "9.0", needsAspNet: true));
        Assert.IsNull(BaseFit.Fault(Image("{}"), "10.0", needsAspNet: true), "Nothing is known of it.");
        Assert.Contains("it has .NET 10.0, and the app needs 11.0", BaseFit.Fault(Runtime, "11.0", needsAspNet: false)!);
        Assert.Contains("without ASP.NET Core", BaseFit.Fault(Runtime, "10.0", needsAspNet: true)!);
        Assert.Contains("it has .NET 9.0", BaseFit.Fault(Image("""{"Labels": {"container-sdk.base.framework": "9.0"}, "Env": ["DOTNET_VERSION=10.0.1"]}"""), "10.0", needsAspNet: false)!);
    }

    private static ImageConfiguration Image(string settings) =>
        ImageConfiguration.Parse(Encoding.UTF8.GetBytes("{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":" + settings + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"), "base");

    private static PublishedFile File(string path, FileOrigin origin, string content = "same") => new($"/{content}/{path}", path, 1, origin);

    private static PublishedFile Package(string path) => File(path, new FileOrigin(OriginKind.Package, "P", "1.0.0"));

    private static Digest Hash(PlannedFile file) => Digest.Of(Encoding.UTF8.GetBytes(file.Source));

    private static string Text(IEnumerable<PlannedLayer> layers) => string.Join(" | ", layers.Select(l => $"{l.Name}: {string.Join(' ', l.Files.Select(f => f.Path))}"));
}
