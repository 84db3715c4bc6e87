namespace Container.Sdk.Libraries.Tests;

/// <summary>What a range gets of some tags: what NuGet's restore takes of a feed with these versions.</summary>
[TestClass]
public sealed class VersionChoiceTests
{
    private static readonly LibrarySources Sources = new([LibrarySource.Parse("*", "registry.example.com", "{id}", "/work")]);

    [TestMethod]
    [DataRow("1.2.3", "1.2.3 1.4.0 2.0.0", "1.2.3")]
    [DataRow("1.2.3", "1.2.2 1.4.0 2.0.0", "1.4.0")]
    [DataRow("[1.2, 2.0)", "1.1.0 1.4.0 1.5.0 2.0.0", "1.4.0")]
    [DataRow("[1.2.3]", "1.2.2 1.2.3 1.2.4", "1.2.3")]
    [DataRow("(1.0.0, )", "1.0.0 1.1.0 1.2.0", "1.1.0")]
    [DataRow("(1.0.0, 1.1.0]", "1.0.0 1.1.0 1.2.0", "1.1.0")]
    [DataRow("(, 2.0)", "1.0.0 1.9.0 2.0.0", "1.0.0")]
    [DataRow("1.2.3", "1.2.3.1 1.2.4", "1.2.3.1")]
    public async Task A_range_gets_its_lowest_version(string range, string versions, string expected) => Assert.AreEqual(expected, await ChooseAsync(range, versions));

    [TestMethod]
    [DataRow("1.0.0", "1.1.0-beta 1.1.0", "1.1.0")]
    [DataRow("[1.0,2.0)", "1.5.0-beta 1.5.0", "1.5.0")]
    [DataRow("1.*", "1.4.0 1.5.0-beta", "1.4.0")]
    [DataRow("*", "1.0.0 2.0.0-beta", "1.0.0")]
    public async Task A_range_that_names_no_prerelease_gets_none(string range, string versions, string expected) => Assert.AreEqual(expected, await ChooseAsync(range, versions));

    [TestMethod]
    [DataRow("1.0.0-alpha", "1.0.0-beta 1.0.0", "1.0.0-beta")]
    [DataRow("1.0.0-alpha", "1.1.0-beta 1.1.0", "1.1.0-beta")]
    [DataRow("[1.0,2.0-beta)", "1.5.0-beta 1.6.0", "1.5.0-beta")]
    [DataRow("1.0.0-Beta", "1.0.0-beta", "1.0.0-beta")]
    public async Task A_range_that_names_a_prerelease_gets_them(string range, string versions, string expected) => Assert.AreEqual(expected, await ChooseAsync(range, versions));

    [TestMethod]
    [DataRow("1.*", "1.0.0 1.4.0 2.0.0", "1.4.0")]
    [DataRow("1.2.*", "1.2.0 1.2.9 1.3.0", "1.2.9")]
    [DataRow("*", "1.0.0 2.0.0", "2.0.0")]
    [DataRow("*-*", "1.0.0 2.0.0-beta", "2.0.0-beta")]
    [DataRow("1.*-*", "1.0.0 1.1.0-beta 2.0.0-beta", "1.1.0-beta")]
    [DataRow("1.0.0-*", "1.0.0-a 1.0.0-b 1.0.1-c", "1.0.0-b")]
    [DataRow("1.0.0-*", "1.0.0-a 1.0.0 1.1.0", "1.0.0")]
    [DataRow("1.0.0-beta*", "1.0.0-alpha9 1.0.0-beta1 1.0.0-beta2", "1.0.0-beta2")]
    [DataRow("[1.*, 2.0)", "1.5.0 1.9.0 2.0.0", "1.9.0")]
    public async Task A_floating_range_gets_its_highest_version(string range, string versions, string expected) => Assert.AreEqual(expected, await ChooseAsync(range, versions));

    [TestMethod]
    [DataRow("1.*", "2.0.0 3.0.0", "2.0.0")]
    [DataRow("1.2.*", "1.3.0 1.4.0", "1.3.0")]
    public async Task A_floating_range_without_a_version_gets_the_next_above(string range, string versions, string expected) => Assert.AreEqual(expected, await ChooseAsync(range, versions));

    [TestMethod]
    public async Task No_range_at_all_gets_the_lowest_release() => Assert.AreEqual("1.0.0", await ChooseAsync("", "2.0.0 1.0.0 0.1.0-beta"));

    [TestMethod]
    [DataRow("1.0.0", "1.1.0-beta")]
    [DataRow("*", "2.0.0-beta")]
    [DataRow("[1.0,2.0)", "2.0.0-beta 2.0.0")]
    [DataRow("(1.0.0,1.1.0)", "1.0.0 1.1.0")]
    [DataRow("[2.0.0]", "1.0.0 3.0.0")]
    public async Task A_range_may_have_no_version(string range, string versions) => await Expect.FailureAsync(Diagnostics.NoVersionInRange, () => ChooseAsync(range, versions));

    private static async Task<string> ChooseAsync(string range, string versions)
    {
        var feed = new MemoryFeed(Sources);
        foreach (var version in versions.Split(' ')) feed.Has($"A {version}");
        var resolution = await new LibraryResolver(Sources, feed, _ => null).ResolveAsync([Ask.For($"A {range}".Trim())], default);
        return resolution.Libraries.Single().Resolved.Version.ToNormalizedString();
    }
}
