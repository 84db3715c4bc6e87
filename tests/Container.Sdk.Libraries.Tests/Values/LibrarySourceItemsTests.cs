using System.Collections.Immutable;

namespace Container.Sdk.Libraries.Tests.Values;

[TestClass]
public sealed class LibrarySourceItemsTests
{
    private const string File = "/work/app/app.csproj";

    private static readonly Dictionary<string, string> Properties = new(StringComparer.OrdinalIgnoreCase) { ["ContainerRegistry"] = "registry.example.com", ["Team"] = "Acme" };

    [TestMethod]
    public void An_item_with_one_star_is_read_as_it_is_written() => Expect.Sequence(
        Read("""<ContainerLibrarySource Include="Acme.*" Registry="oci:images" Repository="libs/{id}" />"""),
        new LibrarySourceItem("Acme.*", "oci:images", "libs/{id}", "/work/app"));

    [TestMethod]
    public void Metadata_may_be_elements_and_have_names_in_any_case() => Expect.Sequence(
        Read("""<ContainerLibrarySource Include="Acme.*" Repository="no"><registry>r.example.com</registry><Repository>libs/{id}</Repository></ContainerLibrarySource>"""),
        new LibrarySourceItem("Acme.*", "r.example.com", "libs/{id}", "/work/app"));

    [TestMethod]
    public void Properties_are_put_in_and_the_folder_of_the_file() => Expect.Sequence(
        Read("""<ContainerLibrarySource Include="$(team).*" Registry="$(ContainerRegistry)" /><ContainerLibrarySource Include="*" Registry="oci:$(MSBuildThisFileDirectory)images" />"""),
        new LibrarySourceItem("Acme.*", "registry.example.com", "", "/work/app"), new LibrarySourceItem("*", "oci:/work/app/images", "", "/work/app"));

    [TestMethod]
    [DataRow("""<ContainerLibrarySource Include="Acme.*" Registry="$(Other)" />""", "$(Other)")]
    [DataRow("""<ContainerLibrarySource Include="$(Other).*" Registry="r" />""", "$(Other)")]
    [DataRow("""<ContainerLibrarySource Include="Acme.*" Registry="r" Condition="true" />""", "condition")]
    public void What_only_MSBuild_can_work_out_is_refused_beside_one_star(string xml, string reason)
    {
        var message = Expect.Failure(Diagnostics.InvalidLibrarySource, () => Read(xml)).Message;
        Assert.Contains(reason, message);
        Assert.Contains("two stars", message);
    }

    [TestMethod]
    public void A_condition_around_it_is_one_too() => Expect.Failure(Diagnostics.InvalidLibrarySource, () => LibrarySourceItems.Read(
        [], [new ProjectText(File, """<Project><ItemGroup Condition="'$(X)' == ''"><ContainerLibrarySource Include="Acme.*" Registry="r" /></ItemGroup></Project>""")], Properties));

    [TestMethod]
    public void Items_of_MSBuild_stay_as_they_are_and_have_a_folder()
    {
        var items = LibrarySourceItems.Read(
            [Evaluated("Acme.**"), Evaluated("Contoso.Lib", file: "/work/Directory.Build.props"), Evaluated("Other.Lib", folder: "/elsewhere")],
            [Text("""<ContainerLibrarySource Include="Acme.**" Registry="r" Condition="true" />""")], Properties);
        Expect.Sequence(items.Select(i => $"{i.Pattern} {i.Folder}"), "Acme.** /work/app", "Contoso.Lib /work", "Other.Lib /elsewhere");
    }

    [TestMethod]
    public void Files_that_a_pattern_became_are_taken_away()
    {
        var items = LibrarySourceItems.Read(
            [
                Evaluated("Acme.props", isFile: true), Evaluated("Acme.Lib", isFile: false), Evaluated("Other.props", isFile: true), Evaluated("Acme.Literal", isFile: true),
                Evaluated("Acme.targets", isFile: true, file: "/work/Directory.Build.props"),
            ],
            [Text("""<ContainerLibrarySource Include="$(Team).*" Registry="r" /><ContainerLibrarySource Include="Acme.Literal" Registry="r" />""")], Properties);
        Expect.Sequence(items.Select(i => i.Pattern), "Acme.Lib", "Other.props", "Acme.Literal", "Acme.targets", "Acme.*");
    }

    [TestMethod]
    public void A_file_is_read_once_and_each_item_has_the_folder_of_its_file()
    {
        var items = LibrarySourceItems.Read(
            [], [Text(Item("A.*")), Text(Item("A.*")), new ProjectText("/work/Directory.Build.props", $"<Project><ItemGroup>{Item("B.*")}</ItemGroup></Project>")], Properties);
        Expect.Sequence(items.Select(i => $"{i.Pattern} {i.Folder}"), "A.* /work/app", "B.* /work");

        static string Item(string pattern) => $"""<ContainerLibrarySource Include="{pattern}" Registry="r" />""";
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("<Project>")]
    [DataRow("no xml")]
    public void A_file_that_is_no_xml_has_no_items(string xml) => Assert.IsEmpty(LibrarySourceItems.Read([], [new ProjectText(File, xml)], Properties));

    [TestMethod]
    public void An_old_namespace_does_not_matter() => Assert.HasCount(1, LibrarySourceItems.Read(
        [], [new ProjectText(File, """<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ItemGroup><ContainerLibrarySource Include="Acme.*" Registry="r" /></ItemGroup></Project>""")], Properties));

    [TestMethod]
    public void What_takes_items_away_has_no_pattern() => Assert.IsEmpty(Read("""<ContainerLibrarySource Remove="Acme.*" /><ContainerLibrarySource Update="Acme.*" Registry="r" />"""));

    private static ImmutableArray<LibrarySourceItem> Read(string items) => LibrarySourceItems.Read([], [Text(items)], Properties);

    private static ProjectText Text(string items) => new(File, $"<Project><ItemGroup>{items}</ItemGroup></Project>");

    private static EvaluatedSource Evaluated(string include, bool isFile = false, string file = File, string folder = "") => new(new LibrarySourceItem(include, "r", "", folder), file, isFile);
}
