using static Container.Sdk.Planning.Tests.Parts;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class LayerGroupingTests
{
    private const int Plenty = 40;
    private const long Large = LayerGrouping.LargePackage;

    [TestMethod]
    public void An_app_alone_is_one_layer() => Assert.AreEqual("application", Layers(Plenty, App(), App("App.deps.json")));

    [TestMethod]
    public void Nothing_gives_no_layers() => Assert.AreEqual("", Layers(Plenty));

    [TestMethod]
    public void What_changes_often_lies_on_top() => Assert.AreEqual(
        "runtime R 10.0.0 | package Big 1.0.0 | project Lib | static web assets | application",
        Layers(Plenty, App(), Asset(), Project("Lib"), Package("Big", "1.0.0", Large), Runtime("R", 1)));

    [TestMethod]
    public void The_packs_of_the_runtime_share_a_layer() => Assert.AreEqual("runtime (2) | application", Layers(Plenty, Runtime("R", 1), Runtime("S", 1), App()));

    [TestMethod]
    public void A_large_package_has_a_layer_to_itself() =>
        Assert.AreEqual("package A 1 | package B 1 | application", Layers(Plenty, Package("A", "1", Large), Package("B", "1", Large), App()));

    [TestMethod]
    public void Small_packages_share_one_layer() =>
        Assert.AreEqual("small packages (2) | application", Layers(Plenty, Package("A", "1", 1), Package("B", "1", 1), App()));

    [TestMethod]
    public void A_package_is_large_from_256_kib_on() =>
        Assert.AreEqual("package C 1 | small packages (2)", Layers(Plenty, Package("A", "1", 1), Package("B.X", "1", 1), Package("C", "1", 256 * KiB)));

    [TestMethod]
    public void A_single_small_package_keeps_its_name() => Assert.AreEqual("package A 1 | application", Layers(Plenty, Package("A", "1", 1), App()));

    [TestMethod]
    public void Packages_that_are_released_together_share_a_layer() => Assert.AreEqual(
        "Microsoft.Extensions 10.0.0 (2) | small packages (2) | application",
        Layers(Plenty,
            Package("Microsoft.Extensions.Logging", "10.0.0", 32 * KiB), Package("Microsoft.Extensions.Options", "10.0.0", 32 * KiB),
            Package("Microsoft.Extensions.Old", "9.0.0", 1), Package("Other", "1", 1), App()));

    [TestMethod]
    public void A_family_that_is_too_small_is_with_the_small_ones() => Assert.AreEqual(
        "small packages (2)", Layers(Plenty, Package("A.X", "1", 32 * KiB), Package("A.Y", "1", 32 * KiB - 1)));

    [TestMethod]
    public void A_large_package_of_a_family_stands_alone() => Assert.AreEqual(
        "package A.X 1 | A 1 (2)", Layers(Plenty, Package("A.X", "1", Large), Package("A.Y", "1", 50 * KiB), Package("A.Z", "1", 50 * KiB)));

    [TestMethod]
    public void Each_project_has_a_layer() => Assert.AreEqual("project A | project B | application", Layers(Plenty, Project("B"), Project("A"), App()));

    [TestMethod]
    public void Content_of_some_size_has_a_layer_below_the_app() =>
        Assert.AreEqual("static web assets | content files | application", Layers(Plenty, App(), Asset(), Content("a", Large / 2), Content("b", Large / 2)));

    [TestMethod]
    public void Content_of_little_size_is_with_the_app()
    {
        var group = LayerGrouping.Group(Component.Gather([App(), Content("data.bin", Large - 1)]), Plenty).Single();
        Assert.AreEqual(("application", OriginKind.App, "data.bin App.dll"), (group.Name, group.Kind, string.Join(' ', group.Components.Single().Files.Select(f => f.RelativePath))));
    }

    [TestMethod]
    public void With_less_room_the_largest_packages_keep_their_layers_longest()
    {
        PublishedFile[] files = [App(), .. Enumerable.Range(0, 10).Select(i => Package($"P{i}", "1", Large << i))];
        Assert.AreEqual("package P7 1 | package P8 1 | package P9 1 | small packages (7) | application", Layers(5, files));
        Assert.AreEqual("package P8 1 | package P9 1 | small packages (8) | application", Layers(4, files));
    }

    [TestMethod]
    public void With_no_room_for_projects_they_share_a_layer() =>
        Assert.AreEqual("package A 1 | projects (2) | application", Layers(3, Package("A", "1", 1), Project("X"), Project("Y"), App()));

    [TestMethod]
    [DataRow(5, "runtime R 10.0.0 | package A 1 | project X | static web assets | application")]
    [DataRow(4, "dependencies (2) | project X | static web assets | application")]
    [DataRow(3, "dependencies (3) | static web assets | application")]
    [DataRow(2, "dependencies (4) | application")]
    [DataRow(1, "application and everything it needs (5)")]
    public void With_even_less_room_layers_are_merged_from_the_bottom(int most, string layers) =>
        Assert.AreEqual(layers, Layers(most, Runtime("R", 1), Package("A", "1", 1), Project("X"), Asset(), App()));

    [TestMethod]
    public void The_most_layers_are_never_exceeded_and_nothing_is_lost()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 300; round++)
        {
            var files = Random(random, packages: random.Next(80), projects: random.Next(8));
            var most = random.Next(1, 41);
            var groups = LayerGrouping.Group(Component.Gather(files), most);
            Assert.IsLessThanOrEqualTo(most, groups.Count);
            CollectionAssert.AreEquivalent(files, groups.SelectMany(g => g.Components).SelectMany(c => c.Files).ToArray());
            CollectionAssert.AreEqual(groups.Select(g => g.Kind).Order().ToList(), groups.Select(g => g.Kind).ToList());
            Assert.AreEqual(groups.Count, groups.Select(g => g.Name).Distinct().Count());
        }
    }

    [TestMethod]
    public void The_layers_do_not_depend_on_the_order_of_the_files()
    {
        var random = new Random(20260102);
        for (var round = 0; round < 50; round++)
        {
            var files = Random(random, 40, 3);
            var most = random.Next(1, 41);
            var expected = Show(LayerGrouping.Group(Component.Gather(files), most));
            random.Shuffle(files);
            Assert.AreEqual(expected, Show(LayerGrouping.Group(Component.Gather(files), most)));
        }
    }

    [TestMethod]
    public void A_large_package_keeps_exactly_its_layer_when_any_other_package_comes()
    {
        var random = new Random(20260103);
        for (var round = 0; round < 200; round++)
        {
            var files = Random(random, random.Next(30), 2);
            var more = files.Append(Package($"New{round}", "1.0.0", random.NextInt64(1, 2 * Large))).ToArray();
            var layers = LayerGrouping.Group(Component.Gather(more), 100).Select(g => string.Join(',', g.Components.Select(c => c.Origin))).ToHashSet();
            foreach (var large in files.Where(f => f.Origin.Kind == OriginKind.Package && f.Length >= Large)) Assert.Contains(large.Origin.ToString(), layers);
        }
    }

    [TestMethod]
    public void Two_services_share_the_layers_of_what_both_use()
    {
        PublishedFile[] shared = [Package("Big", "1", Large), Package("A.X", "1", 40 * KiB), Package("A.Y", "1", 40 * KiB)];
        var one = LayerGrouping.Group(Component.Gather([.. shared, App("One.dll"), Package("Small", "1", 1)]), Plenty);
        var two = LayerGrouping.Group(Component.Gather([.. shared, App("Two.dll"), Project("Lib"), Package("Large", "1", Large)]), Plenty);
        foreach (var layer in (string[])["package Big 1", "A 1 (2)"])
            Assert.AreEqual(Show([one.Single(g => g.Name == layer)]), Show([two.Single(g => g.Name == layer)]));
    }

    [TestMethod]
    public void The_host_lies_below_what_changes() => Assert.AreEqual(
        "project Lib | program host | content files | application", Layers(Plenty, App(), Content("a", Large), Host(), Project("Lib")));

    [TestMethod]
    public void Libraries_lie_between_packages_and_projects() => Assert.AreEqual(
        "package P 1 | library Acme.A 1.0.0 | library Acme.B 2.0.0 | project Lib | application",
        Layers(Plenty, App(), Project("Lib"), Library("Acme.B", "2.0.0"), Library("Acme.A", "1.0.0"), Package("P", "1", 1)));

    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void A_library_keeps_its_layer_however_few_layers_there_are_to_be(int most) => Assert.AreEqual(
        "library Acme.A 1.0.0 | library Acme.B 2.0.0 | application and everything it needs (3)",
        Layers(most, App(), Project("Lib"), Library("Acme.B", "2.0.0"), Library("Acme.A", "1.0.0"), Package("P", "1", 1)));

    private static string Show(IEnumerable<LayerGroup> groups) =>
        string.Join('\n', groups.Select(g => $"{g.Name}: {string.Join(", ", g.Components.SelectMany(c => c.Files).Select(f => f.RelativePath))}"));

    private static PublishedFile[] Random(Random random, int packages, int projects) =>
    [
        App(),
        .. Enumerable.Range(0, packages).Select(i => Package($"{"ABCDEFGH"[random.Next(8)]}.P{i}", $"{random.Next(3)}.0.0", (long)Math.Pow(2, 8 + random.NextDouble() * 16))),
        .. Enumerable.Range(0, projects).Select(i => Project($"Lib{i}")),
        .. random.Next(2) == 0 ? new[] { Runtime("R", 1) } : [],
        .. random.Next(2) == 0 ? new[] { Asset() } : [],
        .. random.Next(2) == 0 ? new[] { Content(size: random.NextInt64(2 * Large)) } : [],
    ];
}
