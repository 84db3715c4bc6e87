namespace Container.Sdk.Package.Tests;

/// <summary>A library that is a base, and the apps on it.</summary>
[TestClass]
public sealed class BaseImageOfALibrary
{
    private const string Reference = """<ProjectReference Include="../Acme.Pricing/Acme.Pricing.csproj" />""";
    private const string Kind = "<ContainerStrategy>BaseImage</ContainerStrategy>";

    [TestMethod]
    public void It_has_the_runtime_the_packages_and_the_library_in_layers_of_their_own()
    {
        using var sandbox = World();
        PublishBase(sandbox).SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "acme.pricing-base:1.2.0");
        Expect.Sequence(image.LayerNames(), "package Serilog 3.1.1", "project Acme.Pricing");
        Expect.Sequence(image.FilesOf("project Acme.Pricing"), "app/Acme.Pricing.dll", "app/Acme.Pricing.pdb");
        Assert.IsEmpty(image.Configuration.Entrypoint);
        Assert.AreEqual("Acme.Pricing", image.Configuration.Labels["container-sdk.base.id"]);
        Assert.AreEqual("1.2.0", image.Configuration.Labels["container-sdk.base.version"]);
        Assert.AreEqual("10.0", image.Configuration.Labels["container-sdk.base.framework"]);
    }

    [TestMethod]
    public void An_app_starts_from_it_adds_only_what_it_lacks_and_runs()
    {
        using var sandbox = World(cold: true);
        PublishBase(sandbox).Succeeded();
        PublishApp(sandbox).SucceededQuietly();
        var (basis, app) = (LayoutImages.Read(sandbox.Registry, "acme.pricing-base:1.2.0"), LayoutImages.Read(sandbox.Registry, "app:latest"));
        Expect.Sequence(app.LayerNames(), "package Serilog 3.1.1", "project Acme.Pricing", "program host", "application");
        Expect.Sequence(app.Layers.Take(basis.Layers.Length).Select(l => l.DiffId.ToString()), [.. basis.Layers.Select(l => l.DiffId.ToString())]);
        Expect.Sequence(app.Configuration.Labels.Keys.Where(k => k.StartsWith("container-sdk.", StringComparison.Ordinal)));
        using var engine = new EngineRepository();
        sandbox.Dotnet("app", ["publish", "--no-build", $"-p:ContainerBaseImage=oci:{sandbox.Registry}:acme.pricing-base:1.2.0", .. engine.Properties]).Succeeded();
        StringAssert.Contains(engine.Run().Succeeded().Output, "Acme.Pricing says 21 to app");
    }

    [TestMethod]
    public void The_layers_are_those_of_an_app_that_has_the_library_otherwise()
    {
        using var sandbox = World();
        PublishBase(sandbox).Succeeded();
        sandbox.Publish("app", "-p:ContainerStrategy=Layered").Succeeded();
        var (basis, app) = (LayoutImages.Read(sandbox.Registry, "acme.pricing-base:1.2.0"), LayoutImages.Read(sandbox.Registry, "app:latest"));
        CollectionAssert.IsSubsetOf(basis.Layers.Select(l => l.Descriptor.Digest).ToList(), app.Layers.Select(l => l.Descriptor.Digest).ToList());
    }

    [TestMethod]
    public void A_file_that_differs_is_the_apps_own_and_one_warning_says_so()
    {
        using var sandbox = World();
        PublishBase(sandbox).Succeeded();
        sandbox.LibraryWithImage("Acme.Pricing", returns: 22, properties: Kind, items: Package);
        StringAssert.Contains(PublishApp(sandbox).WarnedWith("CSDK1063").Output, "app/Acme.Pricing.dll");
        var app = LayoutImages.Read(sandbox.Registry, "app:latest");
        Expect.Sequence(app.LayerNames(), "package Serilog 3.1.1", "project Acme.Pricing", "project Acme.Pricing", "program host", "application");
    }

    [TestMethod]
    public void A_base_that_is_not_there_is_said_to_be_the_librarys()
    {
        using var sandbox = World();
        StringAssert.Contains(PublishApp(sandbox).RefusedWith("CSDK1061").Output, "acme.pricing-base:1.2.0");
    }

    [TestMethod]
    public void In_a_solution_the_base_is_made_before_the_app()
    {
        using var sandbox = World().Solve("All.slnx", "app", "Acme.Pricing");
        sandbox.Write("Acme.Pricing/Directory.Build.props", $"<Project><PropertyGroup><ContainerBaseImage>{Testbed.Base("runtime")}</ContainerBaseImage></PropertyGroup></Project>");
        sandbox.Dotnet("", "publish", "All.slnx", "-v", "minimal", $"-p:ContainerRegistry=oci:{sandbox.Registry}").SucceededQuietly();
        Assert.AreEqual($"oci:{sandbox.Registry}:acme.pricing-base:1.2.0", (string?)sandbox.Result("app")["base"]);
    }

    [TestMethod]
    public void Two_libraries_are_refused_with_both_ways_out()
    {
        using var sandbox = Two();
        var output = PublishApp(sandbox).RefusedWith("CSDK1060").Output;
        StringAssert.Contains(output, "Acme.Billing, Acme.Pricing");
        StringAssert.Contains(output, "ContainerBundleLibraries=true");
        StringAssert.Contains(output, "ContainerStrategy=CopyFromImage");
    }

    [TestMethod]
    public void Of_two_libraries_of_which_one_needs_the_other_the_upper_is_the_base()
    {
        using var sandbox = Two();
        sandbox.LibraryWithImage("Acme.Billing", properties: Kind, items: Reference);
        PublishBase(sandbox, "Acme.Billing").Succeeded();
        PublishApp(sandbox).SucceededQuietly();
        Assert.AreEqual($"oci:{sandbox.Registry}:acme.billing-base:1.2.0", (string?)sandbox.Result("app")["base"]);
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "package Serilog 3.1.1", "project Acme.Billing", "project Acme.Pricing", "program host", "application");
    }

    [TestMethod]
    public void Bundled_libraries_are_one_base_that_is_delivered_first()
    {
        using var sandbox = Two();
        PublishApp(sandbox, "-p:ContainerBundleLibraries=true", $"-p:ContainerBaseImage={Testbed.Base("runtime")}").SucceededQuietly();
        var (basis, app) = (LayoutImages.Read(sandbox.Registry, "app-base:latest"), LayoutImages.Read(sandbox.Registry, "app:latest"));
        Expect.Sequence(basis.LayerNames(), "package Serilog 3.1.1", "project Acme.Billing", "project Acme.Pricing");
        Expect.Sequence(app.LayerNames(), "package Serilog 3.1.1", "project Acme.Billing", "project Acme.Pricing", "program host", "application");
        Assert.AreEqual($"oci:{sandbox.Registry}:app-base:latest@{basis.Descriptor.Digest}", (string?)sandbox.Result("app")["base"]);
    }

    [TestMethod]
    public void A_project_of_kind_Base_is_a_base_of_all_that_it_refers_to()
    {
        using var sandbox = Two();
        sandbox.LibraryWithImage("Acme.All", properties: "<ContainerImageKind>Base</ContainerImageKind>", items: References).Write("Acme.All/Code.cs", "");
        PublishBase(sandbox, "Acme.All", "-p:ContainerStrategy=Layered").Succeeded();
        sandbox.Write("app/app.csproj", File.ReadAllText(sandbox.PathOf("app/app.csproj")).Replace("</ItemGroup>", """<ProjectReference Include="../Acme.All/Acme.All.csproj" /></ItemGroup>""", StringComparison.Ordinal));
        PublishApp(sandbox).SucceededQuietly();
        Assert.AreEqual($"oci:{sandbox.Registry}:acme.all-base:1.2.0", (string?)sandbox.Result("app")["base"]);
    }

    [TestMethod]
    public void A_base_with_an_older_runtime_is_refused()
    {
        using var sandbox = World();
        var old = MadeImage.Of("""{"Env": ["DOTNET_VERSION=9.0.4"]}""").ToFolder(sandbox.PathOf("old"), "base:1");
        StringAssert.Contains(PublishApp(sandbox, $"-p:ContainerBaseImage={old}").RefusedWith("CSDK1062").Output, "it has .NET 9.0, and the app needs 10.0");
    }

    [TestMethod]
    public void A_web_app_is_refused_on_a_base_without_its_runtime()
    {
        using var sandbox = World().Console("web", $"<PropertyGroup>{Kind}</PropertyGroup><ItemGroup>{Reference}</ItemGroup>", sdk: "Microsoft.NET.Sdk.Web");
        PublishBase(sandbox).Succeeded();
        StringAssert.Contains(sandbox.Dotnet("web", "publish", $"-p:ContainerRegistry=oci:{sandbox.Registry}").RefusedWith("CSDK1062").Output, "Microsoft.AspNetCore.App");
    }

    [TestMethod]
    public void An_app_of_a_package_starts_from_the_base_beside_its_thin_image()
    {
        using var sandbox = new Sandbox();
        sandbox.LibrariesIn($"oci:{sandbox.Registry}").LibraryWithImage("Acme.Pricing").AppOf("app", "Acme.Pricing", """<PackageReference Include="Acme.Pricing" Version="1.*" />""", Kind);
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        PublishBase(sandbox).Succeeded();
        PublishApp(sandbox).SucceededQuietly();
        Assert.AreEqual($"oci:{sandbox.Registry}:libs/acme.pricing-base:1.2.0", (string?)sandbox.Result("app")["base"]);
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "project Acme.Pricing", "program host", "application");
    }

    [TestMethod]
    public void An_app_without_a_library_starts_from_the_runtime()
    {
        using var sandbox = new Sandbox().Console("app");
        sandbox.Publish("app", "-p:ContainerStrategy=BaseImage").SucceededQuietly();
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").LayerNames(), "program host", "application");
    }

    private const string Package = """<PackageReference Include="Serilog" Version="3.1.1" />""";

    private const string References = Reference + """<ProjectReference Include="../Acme.Billing/Acme.Billing.csproj" />""";

    private static Sandbox World(bool cold = false) => new Sandbox(cold, nodes: true)
        .LibraryWithImage("Acme.Pricing", properties: Kind, items: Package)
        .AppOf("app", "Acme.Pricing", Reference, Kind);

    private static Sandbox Two() => World()
        .LibraryWithImage("Acme.Billing", properties: Kind)
        .AppOf("app", "Acme.Pricing", References, Kind);

    private static CommandResult PublishBase(Sandbox sandbox, string library = "Acme.Pricing", params string[] arguments) =>
        sandbox.Publish(library, ["-p:ContainerStrategy=BaseImage", .. arguments]);

    private static CommandResult PublishApp(Sandbox sandbox, params string[] arguments) =>
        sandbox.Dotnet("app", ["publish", "-v", "minimal", $"-p:ContainerRegistry=oci:{sandbox.Registry}", .. arguments]);
}
