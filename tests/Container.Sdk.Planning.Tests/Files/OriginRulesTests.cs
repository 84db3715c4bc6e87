namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class OriginRulesTests
{
    private static readonly string Root = Path.GetFullPath("/repo");

    private static readonly FileOrigin Library = new(OriginKind.Project, "Library");

    [TestMethod]
    public void A_file_of_a_package_is_the_packages_at_its_version() => Assert.AreEqual(
        new FileOrigin(OriginKind.Package, "Serilog", "4.0.0"),
        Rules().Of(Item("home/.nuget/serilog.dll") with { NuGetPackageId = "Serilog", NuGetPackageVersion = "4.0.0" }));

    [TestMethod]
    [DataRow("Microsoft.NETCore.App.Runtime.linux-x64")]
    [DataRow("Microsoft.NETCore.App.Runtime.Mono.linux-x64")]
    [DataRow("Microsoft.AspNetCore.App.Runtime.linux-arm64")]
    [DataRow("microsoft.netcore.app.runtime.linux-musl-x64")]
    public void The_runtime_of_a_self_contained_app_is_the_runtime(string pack) => Assert.AreEqual(
        new FileOrigin(OriginKind.Runtime, pack, "10.0.0"),
        Rules().Of(Item("packs/x.dll") with { NuGetPackageId = pack, NuGetPackageVersion = "10.0.0" }));

    [TestMethod]
    [DataRow("Microsoft.NETCore.App.Host.linux-x64")]
    [DataRow("Microsoft.Extensions.Runtime")]
    public void Other_packages_of_the_same_family_are_packages(string id) =>
        Assert.AreEqual(OriginKind.Package, Rules().Of(Item("x") with { NuGetPackageId = id }).Kind);

    [TestMethod]
    public void The_output_of_a_referenced_project_is_the_projects() => Assert.AreEqual(
        new FileOrigin(OriginKind.Project, "Acme.Pricing"),
        Rules().Of(Item("artifacts/Acme.Pricing.dll") with { ReferenceSourceTarget = "ProjectReference", MSBuildSourceProjectFile = Path.Combine(Root, "x/Acme.Pricing.csproj") }));

    // So it comes where it is referred to through another project.
    [TestMethod]
    public void The_output_of_a_referenced_project_that_has_a_package_id_is_the_projects() => Assert.AreEqual(
        Library,
        Rules().Of(Item("x.dll") with { NuGetPackageId = "Library", NuGetPackageVersion = "1.0.0", ReferenceSourceTarget = "ProjectReference", MSBuildSourceProjectFile = Path.Combine(Root, "Library.csproj") }));

    [TestMethod]
    public void A_static_web_asset_is_one() => Assert.AreEqual(FileOrigin.StaticAsset, Rules().Of(Item("App/wwwroot/x.js") with { IsStaticWebAsset = true }));

    [TestMethod]
    public void A_static_web_asset_of_a_package_is_the_packages() => Assert.AreEqual(
        OriginKind.Package, Rules().Of(Item("x.js") with { IsStaticWebAsset = true, NuGetPackageId = "Ui", NuGetPackageVersion = "1" }).Kind);

    [TestMethod]
    [DataRow("App")]
    [DataRow("App.dll")]
    [DataRow("App.pdb")]
    [DataRow("App.deps.json")]
    [DataRow("App.runtimeconfig.json")]
    [DataRow("de/App.resources.dll")]
    public void What_is_called_as_the_assembly_is_the_app_itself(string path) =>
        Assert.AreEqual(FileOrigin.App, Rules().Of(new PublishedItem(path, Path.GetFullPath("App/obj/x", Root))));

    [TestMethod]
    [DataRow("appsettings.json")]
    [DataRow("data/model.bin")]
    [DataRow("Apple.dll")]
    [DataRow("App/readme.txt")]
    [DataRow("app.dll")]
    public void Whatever_else_the_app_has_is_its_content(string path) =>
        Assert.AreEqual(FileOrigin.Content, Rules().Of(new PublishedItem(path, Path.GetFullPath("App/x", Root))));

    [TestMethod]
    public void A_file_of_the_apps_folder_is_the_apps() => Assert.AreEqual(FileOrigin.Content, Rules("Library/Library.csproj").Of(Item("App/data.json")));

    [TestMethod]
    [DataRow("shared/linked.json")]
    [DataRow("Library.Tests/x.json")]
    [DataRow("Libraryx/x.json")]
    [DataRow("../elsewhere/x.json")]
    public void A_file_linked_from_outside_of_all_projects_is_the_apps(string source) => Assert.AreEqual(FileOrigin.Content, Rules("Library/Library.csproj").Of(Item(source)));

    [TestMethod]
    public void Content_of_a_referenced_project_is_known_by_its_folder() => Assert.AreEqual(Library, Rules("Library/Library.csproj").Of(Item("Library/data/x.json")));

    [TestMethod]
    public void A_file_of_a_project_inside_of_another_is_the_inner_ones() => Assert.AreEqual(
        new FileOrigin(OriginKind.Project, "Inner"), Rules("Library/Library.csproj", "Library/Inner/Inner.csproj").Of(Item("Library/Inner/x.json")));

    [TestMethod]
    public void The_order_of_the_references_does_not_matter() => Assert.AreEqual(
        new FileOrigin(OriginKind.Project, "Inner"), Rules("Library/Inner/Inner.csproj", "Library/Library.csproj").Of(Item("Library/Inner/x.json")));

    [TestMethod]
    public void A_library_inside_of_the_apps_folder_has_its_own_files()
    {
        var rules = Rules("App/Library/Library.csproj");
        Assert.AreEqual(Library, rules.Of(Item("App/Library/x.json")));
        Assert.AreEqual(FileOrigin.Content, rules.Of(Item("App/x.json")));
    }

    [TestMethod]
    public void An_app_inside_of_a_librarys_folder_has_its_own_files()
    {
        var rules = Rules("Library.csproj");
        Assert.AreEqual(FileOrigin.Content, rules.Of(Item("App/x.json")));
        Assert.AreEqual(Library, rules.Of(Item("x.json")));
    }

    [TestMethod]
    public void Where_the_app_and_a_library_share_a_folder_its_files_are_the_apps() =>
        Assert.AreEqual(FileOrigin.Content, Rules("App/Library.csproj").Of(Item("App/appsettings.json")));

    [TestMethod]
    public void The_program_that_starts_the_app_is_the_host() => Assert.AreEqual(FileOrigin.Host, Rules().Of(new PublishedItem("App", "/repo/App/obj/Release/net10.0/apphost")));

    [TestMethod]
    public void A_single_file_program_is_the_app() => Assert.AreEqual(FileOrigin.App, Rules().Of(new PublishedItem("App", "/repo/App/App")));

    [TestMethod]
    public void A_package_that_travels_as_an_image_is_a_library() => Assert.AreEqual(
        new FileOrigin(OriginKind.Library, "Acme.Pricing", "1.0.0"),
        new OriginRules(Root, "App", [], id => id == "Acme.Pricing").Of(Item("x.dll") with { NuGetPackageId = "Acme.Pricing", NuGetPackageVersion = "1.0.0" }));

    [TestMethod]
    [DataRow(OriginKind.App, "", "", "application")]
    [DataRow(OriginKind.Host, "", "", "program host")]
    [DataRow(OriginKind.Library, "Acme.Pricing", "1.4.0", "library Acme.Pricing 1.4.0")]
    [DataRow(OriginKind.Content, "", "", "content files")]
    [DataRow(OriginKind.StaticAsset, "", "", "static web assets")]
    [DataRow(OriginKind.Project, "Lib", "", "project Lib")]
    [DataRow(OriginKind.Package, "Serilog", "4.0.0", "package Serilog 4.0.0")]
    [DataRow(OriginKind.Runtime, "Microsoft.NETCore.App.Runtime.linux-x64", "10.0.0", "runtime Microsoft.NETCore.App.Runtime.linux-x64 10.0.0")]
    public void An_origin_has_a_name_for_people(OriginKind kind, string id, string version, string text) => Assert.AreEqual(text, new FileOrigin(kind, id, version).ToString());

    private static OriginRules Rules(params string[] projects) => new(Path.Combine(Root, "App"), "App", projects.Select(p => Path.GetFullPath(p, Root)));

    private static PublishedItem Item(string source) => new("x", Path.GetFullPath(source, Root));
}
