using System.Formats.Tar;

namespace Container.Sdk.Package.Tests;

/// <summary>One web app with all that a project can have: every test looks at the same image.</summary>
[TestClass]
public sealed class LayersOfAShop
{
    private static Sandbox? _sandbox;
    private static OwnPackage? _native, _texts;
    private static Image? _shop;

    private static Image Shop => _shop!;

    private const string SmallPackages = "small packages (2)";

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        _sandbox = new Sandbox();
        _native = new OwnPackage(_sandbox, "Own.Native", ("runtimes/linux-x64/native/libown.so", "not really"u8.ToArray()), ("lib/net10.0/_._", []));
        _texts = new OwnPackage(_sandbox, "Own.Texts", ("lib/net10.0/Own.Texts.dll", "texts"u8.ToArray()), ("lib/net10.0/de/Own.Texts.resources.dll", "Texte"u8.ToArray()));
        _sandbox
            .Library("Money", """<ItemGroup><Content Include="rates.txt" CopyToOutputDirectory="PreserveNewest" /></ItemGroup>""")
            .Write("Money/rates.txt", "1 EUR = 1 EUR")
            .Write("Money/Texts.de.resx", Resources)
            .Library("Pricing", """<ItemGroup><ProjectReference Include="../Money/Money.csproj" /></ItemGroup>""")
            .Write("Pricing/Texts.de.resx", Resources)
            .Console("Shop", $"""
                <ItemGroup>
                  <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
                  <PackageReference Include="Serilog" Version="3.1.1" />
                  {_native.Reference}{_texts.Reference}
                  <ProjectReference Include="../Pricing/Pricing.csproj" />
                  <Content Include="../shared/linked.txt" Link="config/linked.txt" CopyToPublishDirectory="PreserveNewest" />
                  <Content Update="data/**" CopyToPublishDirectory="PreserveNewest" />
                  <None Update="data/**" CopyToPublishDirectory="PreserveNewest" />
                </ItemGroup>
                """, sdk: "Microsoft.NET.Sdk.Web")
            .Write("Shop/Texts.de.resx", Resources)
            .Write("Shop/wwwroot/index.html", "<html></html>")
            .Write("Shop/appsettings.json", "{}")
            .Write("Shop/data/private.txt", "0600")
            .Write("Shop/data/loud.txt", "0777")
            .Write("Shop/data/run.sh", "#!/bin/sh\n")
            .Write("shared/linked.txt", "from elsewhere");
        foreach (var name in UnusualNames) _sandbox.Write($"Shop/data/{name}", name);
        Command.Run("chmod", ["600", "private.txt", "run.sh"], _sandbox.PathOf("Shop/data")).Succeeded();
        Command.Run("chmod", ["777", "loud.txt"], _sandbox.PathOf("Shop/data")).Succeeded();
        _sandbox.PublishOnScratch("Shop").Succeeded();
        _shop = LayoutImages.Read(_sandbox.Registry, "shop:latest");
    }

    [ClassCleanup]
    public static void Clean() => _sandbox?.Dispose();

    [TestMethod]
    public void Packages_lie_below_projects_and_those_below_assets_and_the_app() => Expect.Sequence(
        LayerFacts.Of(Shop).Select(l => l.Name),
        "package Newtonsoft.Json 13.0.3", "package Serilog 3.1.1", SmallPackages, "project Money", "project Pricing", "static web assets", "program host", "application");

    [TestMethod]
    public void The_history_names_all_the_packages_that_share_a_layer() => Assert.Contains(
        $"{SmallPackages}, 3 files: package Own.Native {_native!.Version}, package Own.Texts {_texts!.Version}", LayoutImages.OwnLayers(Shop));

    [TestMethod]
    public void A_package_brings_its_satellites_and_native_files_into_its_layer() => Expect.Sequence(
        LayerFacts.FilesOf(Shop, SmallPackages),
        "app/Own.Texts.dll", "app/de/Own.Texts.resources.dll", "app/runtimes/linux-x64/native/libown.so");

    [TestMethod]
    public void A_library_of_a_library_has_its_layer_with_symbols_satellites_and_content() => Expect.Sequence(
        LayerFacts.FilesOf(Shop, "project Money"), "app/Money.dll", "app/Money.pdb", "app/de/Money.resources.dll", "app/rates.txt");

    [TestMethod]
    public void The_satellites_of_a_library_lie_in_its_layer() => Expect.Sequence(
        LayerFacts.FilesOf(Shop, "project Pricing"), "app/Pricing.dll", "app/Pricing.pdb", "app/de/Pricing.resources.dll");

    [TestMethod]
    public void The_satellites_of_the_app_lie_in_its_layer() => Assert.Contains("app/de/Shop.resources.dll", LayerFacts.FilesOf(Shop, "application"));

    [TestMethod]
    public void A_file_that_is_linked_from_outside_is_the_apps() => Assert.AreEqual("from elsewhere", Text("app/config/linked.txt", "application"));

    [TestMethod]
    public void Static_web_assets_have_a_layer_of_their_own() => Assert.Contains("app/wwwroot/index.html", LayerFacts.FilesOf(Shop, "static web assets"));

    [TestMethod]
    [DataRow("with space.txt")]
    [DataRow("umläut.txt")]
    [DataRow("中文/文件.txt")]
    [DataRow("emoji-😀.txt")]
    [DataRow("50% + a;b 'c'.txt")]
    [DataRow("a-very-long-name-that-no-header-of-a-hundred-bytes-can-hold/a-very-long-name-that-no-header-of-a-hundred-bytes-can-hold.txt")]
    public void Unusual_names_stay_as_they_are(string name) => Assert.AreEqual(name, Text($"app/data/{name}", "application"));

    [TestMethod]
    public void A_private_file_can_be_read_by_everybody_in_the_image() => Assert.AreEqual("644", Mode("app/data/private.txt"));

    [TestMethod]
    public void A_file_that_is_no_program_cannot_be_executed_whatever_its_mode_was() => Assert.AreEqual("644", Mode("app/data/loud.txt"));

    [TestMethod]
    public void A_script_can_be_executed_whatever_its_mode_was() => Assert.AreEqual("755", Mode("app/data/run.sh"));

    [TestMethod]
    public void The_apps_own_program_can_be_executed() => Assert.AreEqual("755", Mode("app/Shop"));

    [TestMethod]
    public void Everything_else_has_one_of_three_modes()
    {
        foreach (var entry in LayoutImages.OwnEntries(Shop))
        {
            var isProgram = entry.Name is "app/Shop" or "app/data/run.sh";
            var expected = entry.EntryType == TarEntryType.Directory || isProgram ? "755" : "644";
            Assert.AreEqual(expected, Convert.ToString((int)entry.Mode, 8), entry.Name);
        }
    }

    [TestMethod]
    public void Everything_belongs_to_nobody_in_particular_and_is_of_1980()
    {
        foreach (var entry in LayoutImages.OwnEntries(Shop))
        {
            Assert.AreEqual((0, 0), (entry.Uid, entry.Gid), entry.Name);
            Assert.AreEqual(new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero), entry.ModificationTime, entry.Name);
            Assert.AreEqual("", entry is PosixTarEntry posix ? posix.UserName + posix.GroupName : "", entry.Name);
        }
    }

    [TestMethod]
    public void No_layer_has_an_entry_twice_or_before_its_folder()
    {
        foreach (var layer in Shop.Layers)
        {
            var seen = new HashSet<string>();
            foreach (var name in LayoutImages.Entries(layer).Select(e => e.Name))
            {
                Assert.IsTrue(seen.Add(name), $"{name} is there twice");
                var parent = name.TrimEnd('/') is var path && path.Contains('/', StringComparison.Ordinal) ? path[..(path.LastIndexOf('/') + 1)] : null;
                Assert.IsTrue(parent is null || seen.Contains(parent), $"{name} comes before its folder");
            }
        }
    }

    [TestMethod]
    public void No_file_is_in_two_layers() => Expect.Sequence(LayoutImages.OwnFiles(Shop), [.. LayoutImages.OwnFiles(Shop).Distinct()]);

    [TestMethod]
    public void The_image_has_what_was_published_and_nothing_else()
    {
        var folder = _sandbox!.PathOf("Shop/bin/Release/net10.0/publish");
        var published = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => $"app/{Path.GetRelativePath(folder, f)}");
        Expect.Sequence(LayoutImages.OwnFiles(Shop), [.. published.Order(StringComparer.Ordinal)]);
    }

    private static readonly string[] UnusualNames =
    [
        .. typeof(LayersOfAShop).GetMethod(nameof(Unusual_names_stay_as_they_are))!.GetCustomAttributes(typeof(DataRowAttribute), false).Select(r => (string)((DataRowAttribute)r).Data[0]!),
    ];

    private const string Resources = """<root><resheader name="resmimetype"><value>text/microsoft-resx</value></resheader><data name="Hello"><value>Guten Tag</value></data></root>""";

    private static string Text(string path, string layer)
    {
        Assert.Contains(path, LayerFacts.FilesOf(Shop, layer));
        return System.Text.Encoding.UTF8.GetString(Shop.Bytes(path));
    }

    private static string Mode(string path) => Convert.ToString((int)Shop.Entry(path).Mode, 8);
}
