using System.Text.RegularExpressions;

namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed partial class SolutionsBeingPublished
{
    private const string Strategy = "<Project><PropertyGroup><ContainerStrategy>Layered</ContainerStrategy></PropertyGroup></Project>";

    [TestMethod]
    [DataRow("Shop.sln", "")]
    [DataRow("Shop.slnx", "")]
    [DataRow("Shop.slnx", "-t:PublishContainer")]
    public void A_solution_gives_the_images_of_its_apps_and_nothing_else(string solution, string target)
    {
        using var sandbox = Shop().Solve(solution, "One", "Two", "Core", "Shared", "Checks", "Hidden");
        var output = Publish(sandbox, solution, target.Length == 0 ? [] : [target]).SucceededQuietly().Output;
        Expect.Sequence(ImagesIn(sandbox.Registry), "one:latest", "two:latest");
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "one:latest").LayerNames(), "project Core", "program host", "application");
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "two:latest").LayerNames(), "project Shared", "program host", "application");
        Assert.DoesNotContain("CSDK", output);
    }

    [TestMethod]
    public void A_solution_gives_the_same_images_on_one_node_and_on_several()
    {
        using var one = Shop(cold: true).Solve("Shop.slnx", "One", "Two", "Core", "Shared");
        using var several = Shop(cold: true).Solve("Shop.slnx", "One", "Two", "Core", "Shared");
        Publish(one, "Shop.slnx", "-m:1").Succeeded();
        Publish(several, "Shop.slnx", "-m:4").Succeeded();
        foreach (var app in (string[])["One", "Two"])
            Assert.AreEqual((string)one.Result(app)["digest"]!, (string)several.Result(app)["digest"]!);
        LayoutImages.Read(several.Registry, "one:latest");
        LayoutImages.Read(several.Registry, "two:latest");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-t:PublishContainer")]
    public void Two_apps_of_one_name_are_refused_before_anything_is_written(string target)
    {
        using var sandbox = Twins("<ContainerRepository>shop</ContainerRepository>", "<ContainerRepository>Shop</ContainerRepository>");
        string[] options = target.Length == 0 ? [] : [target, "-p:ContainerStrategy="];
        IsRefused(Publish(sandbox, "Twins.slnx", options));
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
        foreach (var app in (string[])["One", "Two"]) Assert.AreEqual("CSDK1016", (string?)sandbox.Failure(app)["code"]);
    }

    [TestMethod]
    public void One_tag_of_several_that_two_apps_share_is_enough_to_refuse_them()
    {
        using var sandbox = Twins(
            "<ContainerRepository>shop</ContainerRepository><ContainerImageTags>one;stable</ContainerImageTags>",
            "<ContainerRepository>shop</ContainerRepository><ContainerImageTags>stable;two</ContainerImageTags>");
        IsRefused(Publish(sandbox, "Twins.slnx"));
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    public void Two_apps_of_one_repository_may_have_different_tags()
    {
        using var sandbox = Twins(
            "<ContainerRepository>shop</ContainerRepository><ContainerImageTag>one</ContainerImageTag>",
            "<ContainerRepository>shop</ContainerRepository><ContainerImageTag>two</ContainerImageTag>");
        Publish(sandbox, "Twins.slnx").SucceededQuietly();
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "shop:one").Says("app/One.dll", "This is One"));
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "shop:two").Says("app/Two.dll", "This is Two"));
    }

    [TestMethod]
    public void An_app_that_makes_no_image_takes_no_name_from_another()
    {
        using var sandbox = Twins("<ContainerRepository>shop</ContainerRepository>", "<ContainerRepository>shop</ContainerRepository><ContainerPublish>false</ContainerPublish>");
        Publish(sandbox, "Twins.slnx").SucceededQuietly();
        Expect.Sequence(ImagesIn(sandbox.Registry), "shop:latest");
    }

    private static Sandbox Twins(string one, string two) => new Sandbox(nodes: true).Write("Directory.Build.props", Strategy)
        .Console("One", $"<PropertyGroup>{one}</PropertyGroup>", says: "This is One")
        .Console("Two", $"<PropertyGroup>{two}</PropertyGroup>", says: "This is Two")
        .Solve("Twins.slnx", "One", "Two");

    // Each project has a strategy, also those that make no image.
    private static Sandbox Shop(bool cold = false) => new Sandbox(cold, nodes: true).Write("Directory.Build.props", Strategy)
        .Library("Core")
        .Library("Shared", "<PropertyGroup><TargetFramework></TargetFramework><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion></PropertyGroup>")
        .Console("One", """<ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>""")
        .Console("Two", """<ItemGroup><ProjectReference Include="../Shared/Shared.csproj" /></ItemGroup>""")
        .Console("Checks", "<PropertyGroup><IsTestProject>true</IsTestProject></PropertyGroup>")
        .Console("Hidden", "<PropertyGroup><IsPublishable>false</IsPublishable></PropertyGroup>");

    // Each of the two says so.
    private static void IsRefused(CommandResult result)
    {
        Assert.AreNotEqual(0, result.ExitCode, result.Output);
        Expect.Sequence(Code().Matches(result.Output).Select(m => m.Value).Distinct(), "error CSDK1016");
    }

    private static CommandResult Publish(Sandbox sandbox, string solution, params string[] options) =>
        sandbox.Publish("", [solution, "-p:ContainerBaseImage=scratch", .. options]);

    private static IEnumerable<string> ImagesIn(string registry) =>
        Name().Matches(File.ReadAllText(Path.Combine(registry, "index.json"))).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"error [A-Z]+\d+")]
    private static partial Regex Code();

    [GeneratedRegex("""ref\.name": ?"([^"]+)""")]
    private static partial Regex Name();
}
