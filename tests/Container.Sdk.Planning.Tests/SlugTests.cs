namespace Container.Sdk.Planning.Tests;

[TestClass]
public sealed class SlugTests
{
    [TestMethod]
    [DataRow("Shop.Api", "shop-api")]
    [DataRow("a  (b)--c ", "a-b-c")]
    [DataRow("Ünsafe*[x]", "nsafe-x")]
    [DataRow("§", "x")]
    [DataRow("", "x")]
    public void It_has_lower_case_letters_digits_and_single_hyphens(string text, string slug) => Assert.AreEqual(slug, Slug.Of(text));

    [TestMethod]
    [DataRow("package Newtonsoft.Json 13.0.3", "package-newtonsoft.json-13.0.3")]
    [DataRow("Acme (3)", "acme-3")]
    [DataRow("project ../Ünsafe*[x]", "project-..-nsafe-x")]
    [DataRow("..hidden.", "hidden")]
    public void Dots_can_stay_between_the_rest(string text, string slug) => Assert.AreEqual(slug, Slug.Of(text, keepDots: true));
}
