using static Container.Sdk.Planning.Tests.Parts;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class ComponentTests
{
    [TestMethod]
    public void Files_of_one_origin_are_one_component()
    {
        var origin = new FileOrigin(OriginKind.Package, "A", "1");
        var component = Component.Gather([File(origin, "b", 2), File(origin, "a", 3)]).Single();
        Assert.AreEqual((5L, "a b"), (component.Size, string.Join(' ', component.Files.Select(f => f.RelativePath))));
    }

    [TestMethod]
    public void Components_have_one_global_order()
    {
        PublishedFile[] expected =
        [
            Runtime("R", 1), Package("a", "1", 1), Package("B", "1", 1), Package("B", "2", 1), Package("c", "1", 1), Project("A"), Project("b"), Asset(), Content(), App(),
        ];
        var random = new Random(1);
        for (var i = 0; i < 20; i++)
        {
            random.Shuffle(expected);
            Assert.AreEqual(
                "runtime R 10.0.0|package a 1|package B 1|package B 2|package c 1|project A|project b|static web assets|content files|application",
                string.Join('|', Component.Gather(expected).Select(c => c.Origin)));
        }
    }

    [TestMethod]
    [DataRow("Serilog", "4.0.0", "Serilog 4.0.0")]
    [DataRow("Serilog.Sinks.Console", "4.0.0", "Serilog 4.0.0")]
    [DataRow("Microsoft.Extensions.Logging", "10.0.0", "Microsoft.Extensions 10.0.0")]
    [DataRow("Microsoft.Extensions.Logging.Abstractions", "10.0.0", "Microsoft.Extensions 10.0.0")]
    [DataRow("Microsoft.Data.SqlClient", "6.0.0", "Microsoft.Data 6.0.0")]
    [DataRow("Azure.Core", "1.0.0", "Azure.Core 1.0.0")]
    [DataRow("System.Text.Json", "9.0.0", "System.Text 9.0.0")]
    [DataRow("Microsoft", "1", "Microsoft 1")]
    public void A_family_is_a_release_train(string id, string version, string family) =>
        Assert.AreEqual(family, Component.Gather([Package(id, version, 1)]).Single().Family);
}
