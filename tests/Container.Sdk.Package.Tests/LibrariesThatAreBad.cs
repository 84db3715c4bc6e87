namespace Container.Sdk.Package.Tests;

/// <summary>Registries hold what anybody pushed: each case is one coded error that leaves nothing behind, and what is right afterwards works.</summary>
[TestClass]
public sealed class LibrariesThatAreBad
{
    private static readonly string[] Apps = [.. Enumerable.Range(0, 18).Select(i => $"app{i}")];
    private static Sandbox? _sandbox;
    private static int _next;

    private readonly string _app = Apps[Interlocked.Increment(ref _next) - 1];

    private static Sandbox World => _sandbox!;

    [ClassInitialize]
    public static void Restore(TestContext context)
    {
        _sandbox = new Sandbox().WithSource().Has("Acme.Good 1.0.0").Has("Acme.Range 1.0.0").Has("Acme.Range 1.1.0-beta")
            .Has("Acme.Self 1.0.0", "Acme.Self [1.0.0, )").Has("Acme.Ping 1.0.0", "Acme.Pong [1.0.0, )").Has("Acme.Pong 1.0.0", "Acme.Ping [1.0.0, )").Has("Acme.Needs 1.0.0", "Acme.Nowhere [1.0.0, )");
        LibraryPackage.Of("Acme.Elsewhere 1.0.0").ToFolder(_sandbox.Libraries(), "libs/acme.stolen");
        LibraryPackage.Of("Acme.Version 2.0.0").ToFolder(_sandbox.Libraries(), tag: "1.0.0");
        MadeImage.Of().ToFolder(_sandbox.Libraries(), "libs/acme.ordinary:1.0.0");
        foreach (var app in Apps) _sandbox.Uses(app, ["Acme.Good 1.0.0"]);
        _sandbox.Solve("All.slnx", Apps).Dotnet("", "restore", "All.slnx").SucceededQuietly();
    }

    [ClassCleanup]
    public static void Clean() => _sandbox?.Dispose();

    [TestMethod]
    public void A_library_that_does_not_exist()
    {
        IsRefused("Acme.Missing 1.0.0", "CSDK5001", ["Acme.Missing", "libs/acme.missing"]);
        World.Has("Acme.Missing 1.0.0");
        IsRestored("Acme.Missing 1.0.0");
    }

    [TestMethod]
    public void A_range_without_a_version()
    {
        IsRefused("Acme.Range [1.0.1,2.0)", "CSDK5002", ["1.0.0, 1.1.0-beta"]);
        World.Has("Acme.Range 1.1.0");
        IsRestored("Acme.Range [1.0.1,2.0)", "Acme.Range 1.1.0");
    }

    [TestMethod]
    public void A_range_that_is_none() => IsRefused("Acme.Good 1.x", "CSDK1032", ["1.x"]);

    [TestMethod]
    public void An_image_that_is_no_library()
    {
        IsRefused("Acme.Ordinary 1.0.0", "CSDK4008", ["libs/acme.ordinary:1.0.0"]);
        World.Has("Acme.Ordinary 1.0.0");
        IsRestored("Acme.Ordinary 1.0.0");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void A_layer_that_was_damaged(int layer)
    {
        var id = $"Acme.Damaged{layer}";
        World.Has($"{id} 1.0.0");
        var blob = Path.Combine(World.Libraries(), "blobs", "sha256", LayoutImages.Read(World.Libraries(), $"libs/{id.ToLowerInvariant()}:1.0.0").Layers[layer].Descriptor.Digest.Hex);
        var bytes = File.ReadAllBytes(blob);
        File.WriteAllBytes(blob, [.. bytes[..^20], (byte)(bytes[^20] ^ 1), .. bytes[^19..]]);
        IsRefused($"{id} 1.0.0", "CSDK4", ["sha256:"]);
        File.WriteAllBytes(blob, bytes);
        IsRestored($"{id} 1.0.0");
    }

    [TestMethod]
    [DataRow("Acme.Stolen 1.0.0", "Acme.Elsewhere 1.0.0")]
    [DataRow("Acme.Version 1.0.0", "Acme.Version 2.0.0")]
    public void An_image_that_is_another_library(string asked, string found)
    {
        IsRefused(asked, "CSDK2008", [asked, found]);
        World.Has(asked);
        IsRestored(asked);
    }

    [TestMethod]
    [DataRow("Acme.Self 1.0.0", "Acme.Self 1.0.0 → Acme.Self 1.0.0")]
    [DataRow("Acme.Ping 1.0.0", "Acme.Ping 1.0.0 → Acme.Pong 1.0.0 → Acme.Ping 1.0.0")]
    public void A_library_that_needs_itself(string asked, string path)
    {
        IsRefused(asked, "CSDK5003", [path]);
        IsRestored("Acme.Good 1.0.0");
    }

    [TestMethod]
    public void A_library_that_needs_one_that_does_not_exist()
    {
        IsRefused("Acme.Needs 1.0.0", "CSDK5001", ["Acme.Nowhere"]);
        World.Has("Acme.Nowhere 1.0.0");
        IsRestored("Acme.Needs 1.0.0", "Acme.Needs 1.0.0", "Acme.Nowhere 1.0.0");
    }

    [TestMethod]
    public void A_registry_that_lists_five_pages_of_versions_and_gives_none_of_them()
    {
        string[] others = ["latest", "10", "1.9", "v9.9.9", "src-0123456789abcdef", $"sha256-{new string('a', 64)}.sig"];
        using var registry = new ListingRegistry([.. Enumerable.Range(0, 4900).Select(i => $"1.{i / 1000}.{i % 1000}").Concat(others).Order(StringComparer.Ordinal)]);
        IsRefused("Other.A 1.*", "CSDK2002", ["libs/other.a"], LibraryWorld.Source(registry.Address, "Other.*"));
        // Of all pages the best: 1.9.0 would be above it, and is no tag.
        Assert.AreEqual("/v2/libs/other.a/manifests/1.4.899", registry.Refused.Distinct().Single());
        Assert.AreEqual(5, registry.Pages);
        IsRestored("Acme.Good 1.0.0");
    }

    [TestMethod]
    public void A_pattern_that_two_sources_claim() =>
        IsRefused("Acme.Good 1.0.0", "CSDK1028", ["Acme.*"], LibraryWorld.Source("oci:../elsewhere"));

    [TestMethod]
    [DataRow("""<ContainerLibrarySource Include="Other.*" Repository="libs/{id}" />""", "Registry")]
    [DataRow("""<ContainerLibrarySource Include="Other.**" Registry="registry.example.com" Repository="libs" />""", "{id}")]
    [DataRow("""<ContainerLibrarySource Include="Other.*" Registry="registry.example.com" Condition="'$(X)' == ''" />""", "two stars")]
    [DataRow("""<ContainerLibrarySource Include="O*r" Registry="registry.example.com" />""", "package id")]
    public void A_source_that_says_not_where(string item, string says)
    {
        IsRefused("Acme.Good 1.0.0", "CSDK1027", [says], $"<ItemGroup>{item}</ItemGroup>");
        IsRestored("Acme.Good 1.0.0");
    }

    [TestMethod]
    public void A_version_with_another_content_in_another_registry()
    {
        World.Has("Acme.Twice 1.0.0");
        IsRestored("Acme.Twice 1.0.0");
        var before = World.Snapshot("cache/container-sdk/packages/acme.twice");
        (LibraryPackage.Of("Acme.Twice 1.0.0") with { Says = "something else" }).ToFolder(World.PathOf("elsewhere"));
        World.Uses(_app, ["Acme.Twice 1.0.0"], LibraryWorld.Source("oci:../elsewhere", "Acme.Twice"));
        var result = World.Dotnet(_app, "restore").RefusedWith("CSDK2009");
        foreach (var place in (string[])["elsewhere", "libraries"]) StringAssert.Contains(result.Output, World.PathOf(place));
        Assert.AreEqual(before, World.Snapshot("cache/container-sdk/packages/acme.twice"));
        IsRestored("Acme.Twice 1.0.0");
    }

    private void IsRefused(string asked, string code, string[] says, string content = "")
    {
        World.Uses(_app, [asked], content);
        var before = World.Snapshot($"{_app}/obj");
        var result = World.Dotnet(_app, "restore");
        Assert.AreNotEqual(0, result.ExitCode, result.Output);
        StringAssert.Contains(result.Output, $"error {code}", result.Output);
        foreach (var part in says) StringAssert.Contains(result.Output, part, result.Output);
        Assert.DoesNotContain("   at ", result.Output);
        Assert.AreEqual(before, World.Snapshot($"{_app}/obj"));
    }

    private void IsRestored(string asked, params string[] expected)
    {
        World.Uses(_app, [asked]).Dotnet(_app, "restore").SucceededQuietly();
        Expect.Sequence(World.Restored(_app), expected.Length == 0 ? [asked] : expected);
    }
}
