using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class RewrittenRangeTests
{
    [TestMethod]
    [DataRow("1.2.3", "1.4.0", "[1.4.0, )")]
    [DataRow("(1.2.3, )", "1.4.0", "[1.4.0, )")]
    [DataRow("[1.2,2.0)", "1.4.0", "[1.4.0, 2.0)")]
    [DataRow("[1.2,2.0]", "1.4.0", "[1.4.0, 2.0]")]
    [DataRow("(1.2,2.0)", "1.4.0", "[1.4.0, 2.0)")]
    [DataRow("(,2.0)", "1.4.0", "[1.4.0, 2.0)")]
    [DataRow("[1.2.3]", "1.2.3", "[1.2.3]")]
    [DataRow("[1.2.3,1.2.3]", "1.2.3", "[1.2.3]")]
    public void A_range_begins_at_what_it_got_and_ends_where_it_did(string asked, string resolved, string expected) => Assert.AreEqual(expected, Rewrite(asked, resolved));

    [TestMethod]
    [DataRow("1.*", "1.4.2", "[1.4.2, )")]
    [DataRow("*", "1.4.2", "[1.4.2, )")]
    [DataRow("[1.*,2.0)", "1.4.2", "[1.4.2, 2.0)")]
    [DataRow("1.0.0-*", "1.0.0-beta.2", "[1.0.0-beta.2, )")]
    public void A_floating_range_floats_no_more(string asked, string resolved, string expected) => Assert.AreEqual(expected, Rewrite(asked, resolved));

    [TestMethod]
    public void All_versions_begin_at_what_was_got() => Assert.AreEqual("[1.4.0, )", RewrittenRange.Rewrite(VersionRange.All, NuGetVersion.Parse("1.4")));

    [TestMethod]
    [DataRow("1.2.3", "1.4.0")]
    [DataRow("[1.2,2.0)", "1.4.0")]
    [DataRow("[1.2.3]", "1.2.3")]
    [DataRow("1.0.0-*", "1.0.0-beta.2")]
    [DataRow("[1.2,1.4]", "1.4.0")]
    public void NuGet_takes_the_same_version_for_the_new_range(string asked, string resolved) =>
        Assert.AreEqual(NuGetVersion.Parse(resolved), VersionRange.Parse(Rewrite(asked, resolved)).FindBestMatch([NuGetVersion.Parse("1.0.0"), NuGetVersion.Parse(resolved), NuGetVersion.Parse("1.9.0")]));

    private static string Rewrite(string asked, string resolved) => RewrittenRange.Rewrite(VersionRange.Parse(asked), NuGetVersion.Parse(resolved));
}
