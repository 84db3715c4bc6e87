namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class ImportingTheSdk
{
    private static readonly string GlobalJson = $$"""{ "msbuild-sdks": { "Container.Sdk": "{{PackedPackage.Version}}" } }""";

    [TestMethod]
    [DataRow("<Project Sdk=\"Microsoft.NET.Sdk\"><Sdk Name=\"Container.Sdk\" />")]
    [DataRow("<Project Sdk=\"Microsoft.NET.Sdk;Container.Sdk\">")]
    public void The_version_may_stand_in_global_json(string opening)
    {
        using var sandbox = new Sandbox().Write("global.json", GlobalJson).Write("app/Program.cs", "System.Console.WriteLine();").Write("app/app.csproj", $"""
            {opening}
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ContainerStrategy>Layered</ContainerStrategy>
              </PropertyGroup>
            </Project>
            """);
        sandbox.Publish("app", "-p:ContainerBaseImage=scratch").SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "program host", "application");
    }

    [TestMethod]
    public void A_program_that_is_one_source_file_imports_it_too()
    {
        // Not MSBuild but dotnet itself reads such a file.
        using var sandbox = new Sandbox(cold: true).Write("hello.cs", $"""
            #:sdk Microsoft.NET.Sdk
            #:sdk Container.Sdk@{PackedPackage.Version}
            #:property PublishAot=false
            #:property ContainerStrategy=Layered
            System.Console.WriteLine("One source file");
            """);
        sandbox.Dotnet("", "publish", "hello.cs", $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch").SucceededQuietly();
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "hello:latest").Says("app/hello.dll", "One source file"));
    }

    [TestMethod]
    [DataRow("Directory.Build.props")]
    [DataRow("Directory.Build.targets")]
    public void A_file_that_is_read_for_every_project_is_no_place_to_import_it(string file)
    {
        using var sandbox = new Sandbox().Write("global.json", GlobalJson).Write(file, """<Project><Sdk Name="Container.Sdk" /></Project>""").Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        sandbox.Publish("app").RefusedWith("CSDK1010");
    }

    [TestMethod]
    public void Importing_it_as_an_SDK_and_as_a_package_is_refused()
    {
        using var sandbox = new Sandbox().Console("app", ImportingThePackage.Reference);
        sandbox.Publish("app").RefusedWith("CSDK1011");
    }

    [TestMethod]
    public void An_SDK_that_is_too_old_is_refused()
    {
        using var sandbox = new Sandbox().Console("app");
        sandbox.Publish("app", "-p:NETCoreSdkVersion=9.0.100").RefusedWith("CSDK1012");
    }

    [TestMethod]
    [DataRow("10.0.100")]
    [DataRow("11.0.100-preview.1.25000.1")]
    public void An_SDK_that_is_new_enough_is_not(string version)
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt($"-p:NETCoreSdkVersion={version}").Succeeded();
    }
}
