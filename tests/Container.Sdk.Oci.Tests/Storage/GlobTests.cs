namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class GlobTests
{
    [TestMethod]
    [DataRow("a.pem", "a.pem", true)]
    [DataRow("a.pem", "sub/deep/a.pem", true)]
    [DataRow("a.pem", "A.pem", false)]
    [DataRow("*.pem", "sub/a.pem", true)]
    [DataRow("*.pem", "a.pem.txt", false)]
    [DataRow("a?.pem", "ab.pem", true)]
    [DataRow("a?.pem", "a.pem", false)]
    [DataRow("a[b]", "a[b]", true)]
    [DataRow("*", "sub/a", true)]
    [DataRow("**", "sub/a", true)]
    [DataRow("", "a", false)]
    [DataRow("sub/a", "sub/a", true)]
    [DataRow(@"sub\a", "sub/a", true)]
    [DataRow("sub/a", "deep/sub/a", false)]
    [DataRow("sub/*", "sub/a", true)]
    [DataRow("sub/*", "sub/deep/a", false)]
    [DataRow("sub/", "sub/a", false)]
    [DataRow("sub//a", "sub/a", false)]
    [DataRow("**/a", "a", true)]
    [DataRow("**/a", "x/y/a", true)]
    [DataRow("sub/**", "sub/x/y", true)]
    [DataRow("sub/**", "sub", true)]
    [DataRow("sub/**/a", "sub/a", true)]
    [DataRow("sub/**/x/**/a", "sub/1/x/2/3/a", true)]
    [DataRow("sub/**/x/**/a", "sub/1/2/3/a", false)]
    [DataRow("s*b/a**c/*", "sub/abc/x", true)]
    public void A_projects_pattern(string pattern, string path, bool matches) => Assert.AreEqual(matches, Glob.Matches(pattern, path));

    // Each row is what Microsoft.Extensions.FileSystemGlobbing 10.0.0 says.
    [TestMethod]
    [DataRow("a?.txt", "ab.txt", false)]
    [DataRow("a?.txt", "a?.txt", true)]
    [DataRow("*.pem", "sub/x.pem", false)]
    [DataRow("**/*.pem", "x.pem", true)]
    [DataRow("sub/", "sub/x", true)]
    [DataRow("/sub/x", "sub/x", true)]
    [DataRow(@"sub\x", "sub/x", true)]
    [DataRow("*.*", "x", true)]
    [DataRow("A", "a", true)]
    [DataRow("a[b]", "a[b]", true)]
    [DataRow("a;b", "a;b", true)]
    [DataRow("**", "a/b", true)]
    [DataRow("a**", "ab", true)]
    [DataRow("a**b/c", "axb/c", true)]
    [DataRow("a*b*c", "abbc", true)]
    [DataRow("a*b*c", "abb", false)]
    public void A_nuspecs_pattern(string pattern, string path, bool matches) => Assert.AreEqual(matches, Glob.MatchesNuspec(pattern, path));

    [TestMethod]
    [Timeout(20_000, CooperativeCancellation = false)]
    public void A_pattern_that_is_made_to_take_long_does_not()
    {
        var (parts, stars) = (string.Concat(Enumerable.Repeat("**/x/", 500)), string.Concat(Enumerable.Repeat("*a", 500)));
        Assert.IsFalse(Glob.Matches(parts + "y", string.Concat(Enumerable.Repeat("x/", 1000)) + "z"));
        Assert.IsFalse(Glob.Matches(stars + "b", new string('a', 2000)));
        Assert.IsFalse(Glob.MatchesNuspec(parts + "y", string.Concat(Enumerable.Repeat("x/", 1000)) + "z"));
    }
}
