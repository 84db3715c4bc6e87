namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class PackageIdTests
{
    [TestMethod]
    [DataRow("Acme")]
    [DataRow("Acme.Pricing")]
    [DataRow("acme-pricing_2.Core")]
    [DataRow("7")]
    public void An_id_is_letters_and_digits_joined_by_dots_and_hyphens(string text) => Assert.AreEqual(text, PackageId.Parse(text).Value);

    [TestMethod]
    [DataRow("")]
    [DataRow(".Acme")]
    [DataRow("Acme.")]
    [DataRow("Acme..Pricing")]
    [DataRow("Acme/Pricing")]
    [DataRow("../Acme")]
    [DataRow("Acme Pricing")]
    [DataRow("Acme\n")]
    [DataRow("Äcme")]
    public void Anything_else_is_none(string text) => Expect.Failure(Diagnostics.InvalidPackageId, () => PackageId.Parse(text));

    [TestMethod]
    [DataRow(100, true)]
    [DataRow(101, false)]
    public void An_id_has_at_most_a_hundred_characters(int length, bool valid) => Assert.AreEqual(valid, PackageId.TryParse(new string('a', length), out _));

    [TestMethod]
    public void Case_makes_no_other_id()
    {
        Assert.AreEqual(PackageId.Parse("Acme.Pricing"), PackageId.Parse("acme.PRICING"));
        Assert.AreEqual(PackageId.Parse("Acme.Pricing").GetHashCode(), PackageId.Parse("acme.PRICING").GetHashCode());
    }
}
