namespace Container.Sdk.Package.Tests;

/// <summary>ContainerStrategy=Auto on real projects.</summary>
[TestClass]
public sealed class AutoChoosing
{
    private const string Auto = "<ContainerStrategy>Auto</ContainerStrategy>";

    [TestMethod]
    public void An_app_without_libraries_is_layered_and_one_line_says_why()
    {
        using var sandbox = new Sandbox().Console("app", $"<PropertyGroup>{Auto}</PropertyGroup>");
        var output = sandbox.Publish("app").SucceededQuietly().Output;
        Assert.HasCount(1, output.Split('\n').Where(l => l.Contains("app -> Auto chose Layered, because it has no libraries but packages, and nothing is simpler.", StringComparison.Ordinal)).ToList(), output);
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "program host", "application");
    }

    [TestMethod]
    public void On_the_command_line_it_chooses_the_same()
    {
        using var sandbox = new Sandbox().Console("app");
        StringAssert.Contains(sandbox.Publish("app", "-p:ContainerStrategy=auto").SucceededQuietly().Output, "app -> Auto chose Layered");
    }

    [TestMethod]
    public void Libraries_that_are_images_are_shared_and_no_other_image_is_published()
    {
        using var sandbox = new Sandbox(cold: true);
        sandbox.LibrariesIn($"oci:{sandbox.Registry}").LibraryWithImage("Acme.Pricing").Library("Shop.Core")
            .AppOf("app", "Acme.Pricing", """<PackageReference Include="Acme.Pricing" Version="1.*" /><ProjectReference Include="../Shop.Core/Shop.Core.csproj" />""", Auto);
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        var output = sandbox.Publish("app").SucceededQuietly().Output;
        StringAssert.Contains(output, "app -> Auto chose CopyFromImage, because Acme.Pricing travels as a library image");
        Assert.AreEqual("library", (string?)sandbox.Result("app")["layers"]!.AsArray().Single(l => (string?)l!["name"] == "library Acme.Pricing 1.2.0")!["from"]);
        Expect.Sequence(
            new ImageLayout(sandbox.Registry).ReadIndex().Manifests.Select(m => m.Annotations[ImageLayout.RefName]).Order(StringComparer.Ordinal), "app:latest", "libs/acme.pricing:1.2.0");
    }

    [TestMethod]
    public void A_solution_chooses_for_each_app()
    {
        using var sandbox = new Sandbox(nodes: true).Library("Core").Console("one").Console("two", """<ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>""").Solve("All.slnx", "one", "two", "Core");
        var output = sandbox.Dotnet("", ["publish", "All.slnx", "-p:ContainerStrategy=Auto", .. sandbox.PublishCommand()[1..]]).SucceededQuietly().Output;
        StringAssert.Contains(output, "one -> Auto chose Layered, because it has no libraries");
        StringAssert.Contains(output, "two -> Auto chose Layered, because its libraries (Core) are projects");
    }
}
