namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class LibrariesBeingPublished
{
    private static readonly string[] Layers = ["package", "library"];

    [TestMethod]
    public void A_library_is_a_thin_image_of_its_package_and_of_what_an_app_publishes()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing", "1.2.0+build.7", properties: "<GenerateDocumentationFile>true</GenerateDocumentationFile><NoWarn>CS1591</NoWarn><Authors>Acme</Authors>");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        var image = LayoutImages.Read(sandbox.Registry, "acme.pricing:1.2.0");
        Expect.Sequence(LayoutImages.OwnFiles(image), "app/Acme.Pricing.dll", "packages/Acme.Pricing.1.2.0.nupkg");
        Assert.AreEqual("linux/amd64", image.Configuration.Platform.ToString());
        Assert.IsEmpty(image.Configuration.Entrypoint);
        foreach (var (name, value) in (Dictionary<string, string>)new()
        {
            ["org.opencontainers.image.title"] = "Acme.Pricing",
            ["org.opencontainers.image.version"] = "1.2.0+build.7",
            ["container-sdk.library.id"] = "Acme.Pricing",
            ["container-sdk.library.version"] = "1.2.0+build.7",
            ["container-sdk.library.framework"] = "net10.0",
            ["container-sdk.library.dependencies"] = "{}",
        }) Assert.AreEqual(value, image.Configuration.Labels.GetValueOrDefault(name), name);
    }

    [TestMethod]
    public void The_same_version_with_equal_content_is_left_as_it_is()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        var before = File.ReadAllText(Path.Combine(sandbox.Registry, "index.json"));
        // Another machine: nothing is compiled, packed or cached there.
        foreach (var folder in (string[])["Acme.Pricing/obj", "Acme.Pricing/bin", "cache"]) Directory.Delete(sandbox.PathOf(folder), recursive: true);
        sandbox.PublishLibrary("Acme.Pricing", "-p:ContainerLabel=x").Succeeded();
        Assert.AreEqual(before, File.ReadAllText(Path.Combine(sandbox.Registry, "index.json")));
        Assert.AreEqual(0, (long)sandbox.Result("Acme.Pricing")["bytesSent"]!);
    }

    [TestMethod]
    public void Other_content_under_the_same_version_is_refused_with_what_differs()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        var before = File.ReadAllText(Path.Combine(sandbox.Registry, "index.json"));
        var output = sandbox.LibraryWithImage("Acme.Pricing", returns: 22).PublishLibrary("Acme.Pricing").RefusedWith("CSDK5006", lines: 3).Output;
        StringAssert.Contains(output, "lib/net10.0/Acme.Pricing.dll has other content");
        Assert.AreEqual(before, File.ReadAllText(Path.Combine(sandbox.Registry, "index.json")));
        sandbox.LibraryWithImage("Acme.Pricing", "1.2.1", returns: 22).PublishLibrary("Acme.Pricing").Succeeded();
    }

    [TestMethod]
    public void An_ordinary_image_under_the_version_is_not_overwritten()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing").Console("app");
        sandbox.PublishOnScratch("app", "-p:ContainerRepository=acme.pricing", "-p:ContainerImageTag=1.2.0").Succeeded();
        sandbox.PublishLibrary("Acme.Pricing").RefusedWith("CSDK4008");
    }

    [TestMethod]
    public void What_cannot_be_compared_is_not_overwritten()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing");
        var layout = new ImageLayout(sandbox.Registry);
        var index = new ImageIndex(MediaTypes.OciIndex, []).ToBytes();
        var descriptor = new Descriptor(MediaTypes.OciIndex, Digest.Of(index), index.Length);
        layout.Blobs.Write(descriptor, index);
        layout.Name(descriptor, ["acme.pricing:1.2.0"]);
        sandbox.PublishLibrary("Acme.Pricing").RefusedWith("CSDK4003");
        Assert.AreEqual(descriptor.Digest, layout.Find("acme.pricing:1.2.0")!.Digest);
    }

    [TestMethod]
    public void A_library_in_Debug_is_refused()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing");
        sandbox.PublishLibrary("Acme.Pricing", "-c", "Debug").RefusedWith("CSDK1029");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    public void A_library_needs_a_place_where_others_find_it()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing");
        sandbox.Dotnet("Acme.Pricing", "publish").RefusedWith("CSDK1033");
    }

    [TestMethod]
    public void A_multi_targeted_library_is_one_image_with_the_files_of_its_newest_framework()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing", frameworks: "<TargetFrameworks>net10.0;net9.0</TargetFrameworks>");
        sandbox.PublishLibrary("Acme.Pricing", "-c", "Release").Succeeded();
        var image = LayoutImages.Read(sandbox.Registry, "acme.pricing:1.2.0");
        Expect.Sequence(LayoutImages.OwnFiles(image), "app/Acme.Pricing.dll", "packages/Acme.Pricing.1.2.0.nupkg");
        Assert.AreEqual("net10.0", image.Configuration.Labels["container-sdk.library.framework"]);
        Assert.AreEqual(File.ReadAllBytes(sandbox.PathOf("Acme.Pricing/bin/Release/net10.0/Acme.Pricing.dll")).LongLength, LayoutImages.Entries(image.Layers[1])[^1].Length);
    }

    [TestMethod]
    public void Satellites_and_native_files_are_part_of_it()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing", items: """<None Include="native.so" Pack="true" PackagePath="runtimes/linux-arm64/native/" />""")
            .Write("Acme.Pricing/native.so", "not really")
            .Write("Acme.Pricing/Text.resx", Resx).Write("Acme.Pricing/Text.de.resx", Resx);
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        var image = new LayoutImageSource(new LayoutReference(sandbox.Registry, "acme.pricing:1.2.0", null)).ResolveAsync(new Platform("linux", "arm64"), default).GetAwaiter().GetResult();
        Expect.Sequence(LayoutImages.OwnFiles(image), "app/Acme.Pricing.dll", "app/de/Acme.Pricing.resources.dll", "app/runtimes/linux-arm64/native/native.so", "packages/Acme.Pricing.1.2.0.nupkg");
    }

    [TestMethod]
    public void In_a_solution_only_those_that_say_so_are_published()
    {
        using var sandbox = new Sandbox(nodes: true).LibraryWithImage("Acme.Pricing").Library("Plain").Solve("All.slnx", "Acme.Pricing", "Plain");
        sandbox.Dotnet("", "publish", "All.slnx", "-v", "minimal", $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerStrategy=CopyFromImage").Succeeded();
        Expect.Sequence(new ImageLayout(sandbox.Registry).ReadIndex().Manifests.Select(m => m.Annotations[ImageLayout.RefName]), "acme.pricing:1.2.0");
    }

    [TestMethod]
    public void Its_repository_is_the_one_that_its_source_names()
    {
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing");
        sandbox.LibrariesIn("oci:elsewhere", "team/{id}");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        LayoutImages.Read(sandbox.PathOf("elsewhere"), "team/acme.pricing:1.2.0");
    }

    [TestMethod]
    public void A_version_is_published_only_after_its_tests_passed()
    {
        using var sandbox = Tested(expected: 22);
        sandbox.PublishLibrary("Acme.Pricing");
        Assert.IsFalse(File.Exists(Path.Combine(sandbox.Registry, "index.json")), "It was published although its tests failed.");
        Assert.AreEqual("CSDK6013", (string?)sandbox.Failure("Acme.Pricing")["code"]);
        sandbox.Write("Tests/expected", "21");
        sandbox.PublishLibrary("Acme.Pricing").Succeeded();
        LayoutImages.Read(sandbox.Registry, "acme.pricing:1.2.0");
    }

    [TestMethod]
    public void Tests_that_no_longer_compile_have_not_passed()
    {
        using var sandbox = Tested(expected: 21);
        sandbox.Dotnet("Tests", "build", "-c", "Release", "-v", "quiet").Succeeded();
        sandbox.Write("Tests/Broken.cs", "This is no code.");
        Assert.AreNotEqual(0, sandbox.PublishLibrary("Acme.Pricing").ExitCode);
        Assert.IsFalse(File.Exists(Path.Combine(sandbox.Registry, "index.json")), "It was published with tests of an earlier build.");
        Assert.AreEqual("CSDK6013", (string?)sandbox.Failure("Acme.Pricing")["code"]);
    }

    [TestMethod]
    public void Foreign_tools_read_a_library_image()
    {
        var repository = $"libraries/{Guid.NewGuid():N}";
        using var sandbox = new Sandbox().LibraryWithImage("Acme.Pricing");
        sandbox.PublishLibrary("Acme.Pricing", $"-p:ContainerRegistry={Testbed.Registry}", $"-p:ContainerRepository={repository}").Succeeded();
        var name = $"{Testbed.Registry}/{repository}:1.2.0";
        Testbed.Tool("skopeo", "copy", "--src-tls-verify=false", $"docker://{name}", $"oci:{sandbox.PathOf("copied")}:x").Succeeded();
        Testbed.Tool("oras", "manifest", "fetch", "--plain-http", name).Succeeded();
        try
        {
            Testbed.Docker("pull", name).Succeeded();
        }
        finally
        {
            Testbed.Docker("rmi", "--force", name);
        }
        Expect.Sequence(RegistryImages.Read(Testbed.Registry, repository, "1.2.0").Configuration.LayerHistory.Select(h => h.Split(' ')[1]), Layers);
    }

    private static Sandbox Tested(int expected) => new Sandbox().LibraryWithImage("Acme.Pricing", properties: "<ContainerTestProject>../Tests/Tests.csproj</ContainerTestProject>")
        .Write("Tests/Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Acme.Pricing/Acme.Pricing.csproj" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                <PackageReference Include="MSTest.TestFramework" Version="4.5.2" />
                <PackageReference Include="MSTest.TestAdapter" Version="4.5.2" />
              </ItemGroup>
            </Project>
            """)
        .Write("Tests/Values.cs", """
            using Microsoft.VisualStudio.TestTools.UnitTesting;
            [TestClass] public class Values { [TestMethod] public void It_is_right() => Assert.AreEqual(int.Parse(File.ReadAllText("../../../expected")), Acme.Pricing.Code.Value); }
            """)
        .Write("Tests/expected", $"{expected}");

    private const string Resx = """
        <root><resheader name="resmimetype"><value>text/microsoft-resx</value></resheader><resheader name="version"><value>2.0</value></resheader>
        <resheader name="reader"><value>System.Resources.ResXResourceReader, System.Windows.Forms</value></resheader><resheader name="writer"><value>System.Resources.ResXResourceWriter, System.Windows.Forms</value></resheader>
        <data name="A"><value>B</value></data></root>
        """;
}
