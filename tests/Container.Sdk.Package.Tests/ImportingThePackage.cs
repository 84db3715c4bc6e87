namespace Container.Sdk.Package.Tests;

/// <summary>The second road: a PackageReference.</summary>
[TestClass]
public sealed class ImportingThePackage
{
    /// <summary>The reference.</summary>
    public static readonly string Reference = $"""<ItemGroup><PackageReference Include="Container.Sdk" Version="{PackedPackage.Version}" PrivateAssets="all" /></ItemGroup>""";

    [TestMethod]
    public void A_package_reference_gives_the_image_that_the_SDK_gives()
    {
        using var package = App("<ContainerStrategy>Layered</ContainerStrategy>");
        using var sdk = new Sandbox().Console("app");
        package.Publish("app").SucceededQuietly();
        sdk.Publish("app").SucceededQuietly();
        Assert.AreEqual((string)sdk.Result("app")["digest"]!, (string)package.Result("app")["digest"]!);
        LayoutImages.Read(package.Registry, "app:latest");
    }

    [TestMethod]
    [DataRow("publish")]
    [DataRow("build")]
    public void The_target_makes_an_image_where_no_strategy_is_set(string command)
    {
        using var sandbox = App();
        Run(sandbox, command, "-t:PublishContainer").SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "program host", "application");
    }

    [TestMethod]
    public void Building_the_target_publishes_what_the_sources_say_now()
    {
        using var sandbox = App();
        Run(sandbox, "build", "-t:PublishContainer").Succeeded();
        sandbox.Write("app/Program.cs", "Console.WriteLine(\"The second text\");");
        Run(sandbox, "build", "-t:PublishContainer").Succeeded();
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "app:latest").Says("app/app.dll", "The second text"));
    }

    [TestMethod]
    public void Without_a_strategy_a_publish_makes_no_image()
    {
        using var sandbox = App();
        Run(sandbox, "publish").SucceededQuietly();
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    [DataRow("<OutputType>Library</OutputType>")]
    [DataRow("<EnableSdkContainerSupport>false</EnableSdkContainerSupport>")]
    public void The_target_is_refused_by_a_project_that_makes_no_image(string property)
    {
        using var sandbox = App(property).Write("app/Program.cs", "internal static class Program { private static void Main() { } }");
        Run(sandbox, "publish", "-t:PublishContainer").RefusedWith("CSDK1014");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    private static CommandResult Run(Sandbox sandbox, string command, params string[] options) =>
        sandbox.Dotnet("app", [command, $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch", .. options]);

    private static Sandbox App(string properties = "") => new Sandbox().Write("app/Program.cs", "Console.WriteLine(\"Hello\");").Write("app/app.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          {Reference}
        </Project>
        """);
}
