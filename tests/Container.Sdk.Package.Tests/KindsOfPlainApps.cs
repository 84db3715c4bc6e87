using System.Formats.Tar;

namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class KindsOfPlainApps
{
    private const UnixFileMode Data = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Data | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [TestMethod]
    public void A_console_app_is_started_by_dotnet_and_only_its_program_is_executable()
    {
        using var sandbox = new Sandbox().Console("app");
        sandbox.Publish("app").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        Expect.Sequence(image.LayerNames(), "program host", "application");
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/app/app.dll");
        Assert.AreEqual("/app", (string?)image.Document()["config"]!["WorkingDir"]);
        Assert.AreEqual("1654", image.Configuration.User);
        var entries = LayoutImages.OwnEntries(image);
        Expect.Sequence(
            entries.Where(e => e.EntryType == TarEntryType.RegularFile).Select(e => $"{e.Name} {(e.Mode == Program ? "program" : e.Mode == Data ? "data" : e.Mode)}"),
            "app/app program", "app/app.deps.json data", "app/app.dll data", "app/app.pdb data", "app/app.runtimeconfig.json data");
        Expect.Sequence(entries.Where(e => e.EntryType == TarEntryType.Directory).Select(e => $"{e.Name} {e.Mode == Program}").Distinct(), "app/ True");
    }

    [TestMethod]
    public void Packages_projects_and_the_app_have_layers_of_their_own_in_this_order()
    {
        using var sandbox = new Sandbox().Library("Core").Console("app", """
            <ItemGroup>
              <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
              <ProjectReference Include="../Core/Core.csproj" />
            </ItemGroup>
            """);
        sandbox.Publish("app").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        Expect.Sequence(image.LayerNames(), "package Newtonsoft.Json 13.0.3", "project Core", "program host", "application");
        Expect.Sequence(image.FilesOf("package Newtonsoft.Json 13.0.3"), "app/Newtonsoft.Json.dll");
        Expect.Sequence(image.FilesOf("project Core"), "app/Core.dll", "app/Core.pdb");
        Expect.Sequence(image.FilesOf("application"), "app/app.deps.json", "app/app.dll", "app/app.pdb", "app/app.runtimeconfig.json");
    }

    [TestMethod]
    public void A_runtime_identifier_alone_leaves_the_app_framework_dependent()
    {
        using var sandbox = new Sandbox().Console("app");
        sandbox.Publish("app", "-r", "linux-x64").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/app/app.dll");
        Expect.Sequence(image.LayerNames(), "program host", "application");
        Assert.AreEqual(new Platform("linux", "amd64"), image.Configuration.Platform);
    }

    [TestMethod]
    public void A_worker_has_its_settings_in_its_own_layer_above_its_packages()
    {
        using var sandbox = new Sandbox()
            .Console("worker", """<ItemGroup><PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.14" /></ItemGroup>""", sdk: "Microsoft.NET.Sdk.Worker")
            .Write("worker/Program.cs", "Host.CreateApplicationBuilder(args).Build().Run();")
            .Write("worker/appsettings.json", "{}");
        sandbox.Publish("worker").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "worker:latest");
        Assert.AreEqual("application", image.LayerNames()[^1]);
        Assert.IsGreaterThan(1, image.LayerNames().Count);
        CollectionAssert.Contains(image.FilesOf("application").ToList(), "app/appsettings.json");
        CollectionAssert.DoesNotContain(image.FilesOf("application").ToList(), "app/Microsoft.Extensions.Hosting.dll");
        CollectionAssert.Contains(LayoutImages.OwnFiles(image).ToList(), "app/Microsoft.Extensions.Hosting.dll");
        Expect.Sequence(image.Configuration.Entrypoint, "dotnet", "/app/worker.dll");
    }
}
