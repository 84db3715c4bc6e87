using System.Text;

namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class RestoredGraphTests
{
    private const string Assets = """
        {"targets": {
          "net9.0": {"Old/1.0.0": {"type": "package"}},
          "net10.0": {
            "Acme.A/1.0.0": {"type": "package", "dependencies": {"Acme.B": "1.0.0"}},
            "Acme.B/1.4.0": {"type": "package", "dependencies": {"Core": "1.0.0"}},
            "Core/1.0.0": {"type": "project", "dependencies": {"Acme.B": "1.0.0"}}},
          "net10.0/linux-x64": {"Other/1.0.0": {"type": "package"}}},
         "libraries": {"Core/1.0.0": {"type": "project", "path": "../Core/Core.csproj"}}}
        """;

    private static RestoredGraph Graph => RestoredGraph.Read(Encoding.UTF8.GetBytes(Assets), "net10.0");

    [TestMethod]
    public void It_has_the_packages_and_projects_of_one_framework() =>
        Assert.AreEqual(
            "Acme.A 1.0.0 False |Acme.B 1.4.0 False |Core 1.0.0 True ../Core/Core.csproj",
            string.Join('|', Graph.Nodes.Values.Select(n => $"{n.Id} {n.Version} {n.IsProject} {n.Path}")));

    [TestMethod]
    public void Topmost_is_what_no_other_needs() => Assert.AreEqual("Acme.A Else", string.Join(' ', Graph.Topmost(["acme.b", "Acme.A", "Else"])));

    [TestMethod]
    public void Two_that_need_each_other_do_not_end_the_search() => Assert.AreEqual("Acme.A", string.Join(' ', Graph.Topmost(["Core", "Acme.A"])));
}
