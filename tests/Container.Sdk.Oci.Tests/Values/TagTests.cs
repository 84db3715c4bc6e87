namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class TagTests
{
    [TestMethod]
    [DataRow("latest")]
    [DataRow("1.0.0-rc.1")]
    [DataRow("_x")]
    [DataRow("9")]
    [DataRow("UPPER_lower-1.")]
    public void A_tag_of_the_distribution_specification_is_taken(string text) => Assert.AreEqual(text, Tag.Parse(text).ToString());

    [TestMethod]
    [DataRow("")]
    [DataRow(".a")]
    [DataRow("-a")]
    [DataRow("1.0+build")]
    [DataRow("a b")]
    [DataRow("a/b")]
    [DataRow("a:b")]
    [DataRow("a\n")]
    [DataRow("ä")]
    public void Any_other_tag_is_refused(string text) => Expect.Failure(Diagnostics.InvalidTag, () => Tag.Parse(text));

    [TestMethod]
    public void A_tag_has_at_most_128_characters()
    {
        Assert.IsTrue(Tag.TryParse(new string('a', 128), out _));
        Assert.IsFalse(Tag.TryParse(new string('a', 129), out _));
    }

    [TestMethod]
    public void Tags_differ_by_case() => Assert.AreNotEqual(Tag.Parse("v1"), Tag.Parse("V1"));
}
