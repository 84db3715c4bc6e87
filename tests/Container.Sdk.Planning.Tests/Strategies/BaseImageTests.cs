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
        Text(Base("Lib", File("Lib.dll", FileOrigin.App), File("Lib.deps.json", FileOrigin.App), File("Lib.runtimeconfig.json", FileOrigin.App), File("settings.json", FileOrigin.Content), File("wwwroot/a.js", FileOrigin.StaticAsset), Package("P.dll")).Layers));

    [TestMethod]
    public void The_base_of_an_app_has_nothing_of_the_app() => Assert.AreEqual(
        "package P 1.0.0: app/P.dll", Text(Base("", File("App.dll", FileOrigin.App), File("App", FileOrigin.Host), Package("P.dll")).Layers));

    [TestMethod]
    public void An_app_adds_what_the_base_lacks_and_what_is_different()
    {
        var brought = Record(Package("P.dll"), File("Lib.dll", new FileOrigin(OriginKind.Project, "Lib"), "old"));
        var app = OnBase(brought, "/app", Package("P.dll"), File("Lib.dll", new FileOrigin(OriginKind.Project, "Lib"), "new"), File("App.dll", FileOrigin.App));
        Assert.AreEqual("project Lib: app/Lib.dll | application: app/App.dll", Text(Strategy.Plan(app).Layers));
        Assert.AreEqual("app/Lib.dll", string.Join(' ', BaseImageStrategy.Replaced(app)));
    }

    [TestMethod]
    public void A_file_in_another_folder_or_with_another_mode_is_not_there_yet()
    {
        var brought = Record(Package("P.dll"));
        Assert.AreEqual("package P 1.0.0: srv/P.dll", Text(Strategy.Plan(OnBase(brought, "/srv", Package("P.dll"))).Layers));
        Assert.AreEqual("app/P.dll", string.Join(' ', BaseImageStrategy.Replaced(OnBase(brought, "/app", Package("P.dll") with { IsProgram = true }))));
    }

    [TestMethod]
    public void What_a_base_brings_is_read_from_its_label()
    {
        var brought = Record(Package("P.dll"), Package("ä \"b\".so") with { LinkTarget = "P.dll" });
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

    [TestMethod]
    public void A_base_says_which_library_and_framework_it_has() => Assert.AreEqual(
        "container-sdk.base.framework=10.0 container-sdk.base.id=Acme.Lib container-sdk.base.version=1.2.0",
        string.Join(' ', Base("Lib", Package("P.dll")).Settings.Labels.Where(l => l.Key != BaseRecord.Label).Select(l => $"{l.Key}={l.Value}")));

    private static ImageStrategy Strategy => StrategyTable.BaseImage;

    // Without a library it is the base of all that an app refers to.
    private static ImagePlan Base(string library, params PublishedFile[] files) => Strategy.Plan(Parts.Describe(files) with
    {
        Kind = ImageKind.Base,
        BaseOf = library.Length == 0 ? null : new BaseLibrary(library, $"Acme.{library}", "1.2.0"),
        FrameworkVersion = "10.0",
    });

    private static BaseRecord Record(params PublishedFile[] files) => BaseRecord.Of(Base("", files).Layers, Parts.Describe().DigestOf);

    private static ProjectDescription OnBase(BaseRecord brought, string folder, params PublishedFile[] files) =>
        Parts.Describe(files) with { Brought = brought, Settings = new ContainerSettings { WorkingDirectory = folder } };

    private static ImageConfiguration Image(string settings) =>
        ImageConfiguration.Parse(Encoding.UTF8.GetBytes("{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":" + settings + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"), "base");

    private static PublishedFile File(string path, FileOrigin origin, string content = "same") => new($"/{content}/{path}", path, 1, origin);

    private static PublishedFile Package(string path) => File(path, new FileOrigin(OriginKind.Package, "P", "1.0.0"));

    private static string Text(IEnumerable<PlannedLayer> layers) => string.Join(" | ", layers.Select(l => $"{l.Name}: {string.Join(' ', l.Files.Select(f => f.Path))}"));
}
