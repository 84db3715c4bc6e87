using System.Text.RegularExpressions;
using System.Xml.Linq;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing.Tests;

/// <summary>The targets, docs/properties.md and the code speak of the same properties, items and strategies.</summary>
[TestClass]
public sealed partial class TargetsTests
{
    // Names of the .NET SDK and of NuGet that docs/properties.md explains because they have an effect here.
    private static readonly string[] Foreign =
    [
        "EnableSdkContainerSupport", "IsPublishable", "AutoGenerateImageTag", "PublishImageTag", "RegistryUrl", "LocalRegistry", "PublishRepositoryUrl",
    ];

    // In-box names of which the page says that they are neither read nor set here.
    private static readonly string[] Unread = ["ContainerPublishInParallel"];

    private static readonly string Root = PackedPackage.Root;
    private static readonly List<XDocument> Targets = [.. Directory.GetFiles(Path.Combine(Root, "sdk"), "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".targets", StringComparison.Ordinal) || f.EndsWith(".props", StringComparison.Ordinal)).Select(f => XDocument.Load(f))];
    private static readonly string Text = string.Join('\n', Targets.Select(WithoutComments));
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "properties.md"));

    [TestMethod]
    public void Every_public_property_and_item_of_the_targets_is_explained() =>
        Expect.Sequence(Names().Where(n => !Explained().Contains(n)));

    [TestMethod]
    public void Every_property_and_item_that_is_explained_is_one_of_the_targets() =>
        Expect.Sequence(Explained().Where(n => !Names().Contains(n) && !TargetNames().Contains(n) && !Unread.Contains(n)));

    [TestMethod]
    public void Foreign_names_that_have_an_effect_are_explained_and_read()
    {
        Expect.Sequence(Foreign.Where(n => !Page.Contains($"`{n}`", StringComparison.Ordinal) && !Page.Contains($"`{n}=", StringComparison.Ordinal)));
        Expect.Sequence(Foreign.Where(n => !Text.Contains($"$({n}", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Every_public_target_is_explained() => Expect.Sequence(TargetNames().Where(n => !Page.Contains($"`{n}`", StringComparison.Ordinal)));

    [TestMethod]
    public void Every_property_of_a_request_is_read()
    {
        var source = string.Join('\n', Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        foreach (var request in (string[])["_ContainerRequest", "_ContainerEarlyRequest", "_ContainerRestoreRequest"])
            Expect.Sequence(MetadataOf(request).Where(n => !source.Contains($"\"{n}\"", StringComparison.Ordinal)).Select(n => $"{request}: {n}"));
    }

    [TestMethod]
    public void Every_property_that_is_read_is_passed_on()
    {
        var reader = File.ReadAllText(Path.Combine(Root, "src", "Container.Sdk.Publishing", "Request", "RequestReader.cs"));
        Expect.Sequence(PropertyThatIsRead().Matches(reader).Select(m => m.Groups[1].Value).Distinct().Except(MetadataOf("_ContainerRequest")));
    }

    [TestMethod]
    public void The_targets_know_which_strategies_compile_in_a_container()
    {
        var list = Targets.SelectMany(t => t.Descendants("_ContainerCompilingStrategies")).Single().Value.Split(';', StringSplitOptions.RemoveEmptyEntries);
        CollectionAssert.AreEquivalent(StrategyTable.All.Where(s => s.CompilesInContainer).Select(s => s.Name).ToArray(), list);
    }

    [TestMethod]
    public void Every_strategy_is_explained() => Expect.Sequence(StrategyTable.All.Where(s => !Page.Contains($"`{s.Name}`", StringComparison.Ordinal)).Select(s => s.Name));

    [TestMethod]
    public void A_condition_is_short_enough_to_read() =>
        Expect.Sequence(Targets.SelectMany(t => t.Descendants().Attributes("Condition")).Where(c => c.Value.Length > 200).Select(c => c.Value));

    private static HashSet<string> TargetNames() => [.. Targets.SelectMany(t => t.Descendants("Target")).Select(t => t.Attribute("Name")!.Value).Where(n => !n.StartsWith('_') && n is not ("ComputeContainerBaseImage" or "Publish"))];

    private static IEnumerable<string> MetadataOf(string item) =>
        Targets.SelectMany(t => t.Descendants(item)).Where(i => i.Attribute("Include") is not null).Elements().Select(e => e.Name.LocalName).Distinct();

    // $(Name), @(Name), %(Name.…): what a project may set starts with Container, and no underscore.
    private static HashSet<string> Names() => [.. Name().Matches(Text).Select(m => m.Groups[1].Value)];

    private static HashSet<string> Explained() => [.. Explanation().Matches(Page).Select(m => m.Groups[1].Value).Where(n => n.StartsWith("Container", StringComparison.Ordinal))];

    private static string WithoutComments(XDocument document)
    {
        document.DescendantNodes().OfType<XComment>().Remove();
        return document.ToString();
    }

    [GeneratedRegex(@"[$@]\((Container[A-Za-z]+)")]
    private static partial Regex Name();

    // The first column of a table, and the names before `=`.
    [GeneratedRegex(@"`(Container[A-Za-z]+)(?:`|=)")]
    private static partial Regex Explanation();

    [GeneratedRegex(@"properties\[""([A-Za-z]+)""\]")]
    private static partial Regex PropertyThatIsRead();
}
