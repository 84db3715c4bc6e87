namespace Container.Sdk.Package.Tests;

/// <summary>ExplainContainer: what would be made, and why.</summary>
[TestClass]
public sealed class ExplainingContainers
{
    // Nobody answers there: whoever asked would fail.
    private const string Nobody = "-p:ContainerRegistry=127.0.0.1:1";

    [TestMethod]
    public void It_shows_the_layers_the_seven_strategies_and_the_recommendation_and_asks_nobody()
    {
        using var sandbox = new Sandbox().Library("Core").Console("app", """<ItemGroup><ProjectReference Include="../Core/Core.csproj" /><PackageReference Include="Serilog" Version="3.1.1" /></ItemGroup>""");
        var output = Explain(sandbox, "app", Nobody, "-p:ContainerBaseImage=127.0.0.1:1/base:1").SucceededQuietly().Output;
        StringAssert.Contains(output, "app -> would be 127.0.0.1:1/app:latest, by Layered; nothing is sent");
        foreach (var layer in (string[])["base", "package Serilog 3.1.1", "project Core", "program host", "application"]) StringAssert.Contains(output, $"\n      {layer} ");
        foreach (var strategy in (string[])["Layered", "BaseImage", "CopyFromImage", "BuildFromSource", "PackageFeed", "MultiStage", "BuilderPattern"]) StringAssert.Contains(output, $"\n      {strategy} ");
        StringAssert.Contains(output, "Recommended: Layered, because its libraries (Core) are projects");
    }

    [TestMethod]
    public void Under_Auto_it_says_what_Auto_chose()
    {
        using var sandbox = new Sandbox().Console("app");
        StringAssert.Contains(Explain(sandbox, "app", Nobody, "-p:ContainerStrategy=Auto").SucceededQuietly().Output, "Auto chose Layered, because it has no libraries");
    }

    [TestMethod]
    public void Where_a_container_compiles_nothing_is_built()
    {
        using var sandbox = new Sandbox().Console("app");
        sandbox.Dotnet("app", "restore").Succeeded();
        sandbox.Write("app/Program.cs", "This is no program.");
        var output = sandbox.Dotnet("app", "msbuild", "-v:minimal", "-t:ExplainContainer", Nobody, "-p:ContainerStrategy=Auto", "-p:PublishAot=true").SucceededQuietly().Output;
        StringAssert.Contains(output, "by MultiStage; nothing is sent");
        StringAssert.Contains(output, "it is compiled to native code");
    }

    [TestMethod]
    public void The_copy_of_a_library_image_is_shown_with_its_source()
    {
        using var sandbox = new Sandbox();
        sandbox.LibrariesIn($"oci:{sandbox.Registry}").LibraryWithImage("Acme.Pricing").AppOf("app", "Acme.Pricing", """<PackageReference Include="Acme.Pricing" Version="1.*" />""");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        StringAssert.Contains(Explain(sandbox, "app", Nobody).SucceededQuietly().Output, $"oci:{sandbox.Registry}:libs/acme.pricing:1.2.0@sha256:");
    }

    [TestMethod]
    public void A_solution_explains_each_project()
    {
        using var sandbox = new Sandbox(nodes: true).Library("Core").Console("one").LibraryWithImage("Acme.Pricing").Solve("All.slnx", "one", "Core", "Acme.Pricing");
        var output = Explain(sandbox, "", "All.slnx", Nobody).SucceededQuietly().Output;
        StringAssert.Contains(output, "one -> would be ");
        StringAssert.Contains(output, "Acme.Pricing -> would be ");
        StringAssert.Contains(output, "Core -> makes no image: it is a library.");
    }

    private static CommandResult Explain(Sandbox sandbox, string folder, params string[] arguments) =>
        sandbox.Dotnet(folder, ["msbuild", "-restore", "-v:minimal", "-nologo", "-t:ExplainContainer", .. arguments]);
}
