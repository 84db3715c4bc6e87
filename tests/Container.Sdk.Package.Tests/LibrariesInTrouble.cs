namespace Container.Sdk.Package.Tests;

/// <summary>What a build uses may not be what the library image has: it says so, and where sharing is required, it fails.</summary>
[TestClass]
public sealed class LibrariesInTrouble
{
    private const string CopyFromImage = "<PropertyGroup><ContainerStrategy>CopyFromImage</ContainerStrategy></PropertyGroup>";

    [TestMethod]
    public void An_older_package_in_the_folder_of_NuGet_is_noticed_and_its_layer_is_the_apps_own()
    {
        using var sandbox = new Sandbox().Has("Acme.Old 1.0.0").Uses("app", ["Acme.Old 1.0.0"], CopyFromImage);
        // A feed had the version before it was published as an image.
        var config = sandbox.WithFeed(LibraryPackage.Of("Acme.Old 1.0.0") with { Says = "of a feed" });
        var own = $"-p:RestorePackagesPath={sandbox.PathOf("packages")}";
        sandbox.Dotnet("app", "restore", own).SucceededQuietly();
        sandbox.Write("NuGet.config", config).WithSource();

        var built = sandbox.Dotnet("app", "build", "-c", "Release", own).WarnedWith("CSDK5007").Output;
        foreach (var part in (string[])[sandbox.PathOf("packages/acme.old/1.0.0"), "libs/acme.old"]) StringAssert.Contains(built, part);
        Assert.AreEqual("of a feed", sandbox.RunBuilt("app"));
        StringAssert.Contains(sandbox.PublishOnScratch("app", own).Succeeded().Output, "NuGet restored another package of this version");
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "app:latest").Says("app/Acme.Old.dll", "of a feed"));
        StringAssert.Contains(sandbox.PublishOnScratch("app", own, "-p:ContainerRequireSharedLayers=true").RefusedWith("CSDK6010").Output, "Acme.Old 1.0.0");

        Directory.Delete(sandbox.PathOf("packages/acme.old"), recursive: true);
        sandbox.PublishOnScratch("app", own, "-p:ContainerRequireSharedLayers=true").Succeeded();
        Assert.IsTrue(LayoutImages.Read(sandbox.Registry, "app:latest").Says("app/Acme.Old.dll", "Acme.Old 1.0.0"));
    }

    [TestMethod]
    public void The_package_road_says_that_it_cannot_offer_library_images()
    {
        using var sandbox = new Sandbox().WithSource().Console("app");
        sandbox.WithFeed(LibraryPackage.Of("Acme.Fed 1.0.0"));
        sandbox.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              {ImportingThePackage.Reference}
              <ItemGroup>{LibraryWorld.Reference("Acme.Fed 1.0.0")}</ItemGroup>
            </Project>
            """);
        var own = $"-p:RestorePackagesPath={sandbox.PathOf("packages")}";
        sandbox.Dotnet("app", "restore", own).SucceededQuietly();
        StringAssert.Contains(sandbox.Dotnet("app", "build", "--no-restore", own).RefusedWith("CSDK1030").Output, "<Sdk Name=");
    }

    [TestMethod]
    public void Two_libraries_with_one_file_give_the_file_that_NuGet_chooses_and_say_whose_layer_is_not_shared()
    {
        using var sandbox = new Sandbox().WithSource();
        foreach (var (id, version) in (ValueTuple<string, string>[])[("Acme.A", "1.0.0"), ("Acme.B", "1.0.0")])
            (LibraryPackage.Of($"{id} {version}") with { Files = [("lib/net10.0/Shared.dll", TinyAssembly.Of("Shared", new Version(1, 0, id == "Acme.A" ? 0 : 1), $"of {id}"))] }).ToFolder(sandbox.Libraries());
        sandbox.Uses("app", ["Acme.A 1.0.0", "Acme.B 1.0.0"], CopyFromImage).Write("app/Program.cs", "Console.WriteLine(Acme.A.Thing.Says() + Acme.B.Thing.Says());");
        var output = sandbox.PublishOnScratch("app").Succeeded().Output;
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        Assert.IsTrue(image.Says("app/Shared.dll", "of Acme.B"));
        var table = output.Split('\n');
        StringAssert.Contains(table.Single(l => l.Contains("library Acme.A 1.0.0  ", StringComparison.Ordinal)), "its own layer");
        StringAssert.Contains(table.Single(l => l.Contains("library Acme.B 1.0.0  ", StringComparison.Ordinal)), "shared");
    }

    [TestMethod]
    public void Of_five_thousand_tags_those_that_are_versions_count()
    {
        using var sandbox = new Sandbox().WithSource().Has("Acme.Many 1.4.999");
        var index = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(sandbox.Libraries(), "index.json")))!.AsObject();
        var manifests = index["manifests"]!.AsArray();
        string[] others = ["latest", "10", "1.9", "v9.9.9", "src-0123456789abcdef", $"sha256-{new string('a', 64)}.sig", "1.5.0.0", "01.5.0", "1.5.0_meta"];
        foreach (var tag in Enumerable.Range(0, 4999).Select(i => $"1.{i / 1000}.{i % 1000}").Where(t => t != "1.4.999").Concat(others))
        {
            var copy = manifests[0]!.DeepClone();
            copy["annotations"]![ImageLayout.RefName] = $"libs/acme.many:{tag}";
            manifests.Add(copy);
        }
        sandbox.Write("libraries/index.json", index.ToJsonString()).Uses("app", ["Acme.Many *"]);
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        Expect.Sequence(sandbox.Restored("app"), "Acme.Many 1.4.999");
    }
}
