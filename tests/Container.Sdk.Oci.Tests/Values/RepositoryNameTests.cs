namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class RepositoryNameTests
{
    [TestMethod]
    [DataRow("a")]
    [DataRow("orders-api")]
    [DataRow("team-a/orders.api/v2")]
    [DataRow("a_b")]
    [DataRow("a__b")]
    [DataRow("a---b")]
    [DataRow("0/1")]
    public void A_name_of_the_distribution_specification_is_taken(string text) => Assert.AreEqual(text, RepositoryName.Parse(text).Value);

    [TestMethod]
    [DataRow("")]
    [DataRow("A")]
    [DataRow("a b")]
    [DataRow("-a")]
    [DataRow("a-")]
    [DataRow(".a")]
    [DataRow("a..b")]
    [DataRow("a___b")]
    [DataRow("a/")]
    [DataRow("/a")]
    [DataRow("a//b")]
    [DataRow("../a")]
    [DataRow("a/../b")]
    [DataRow("a:b")]
    [DataRow("a@b")]
    [DataRow("a\n")]
    [DataRow("ä")]
    public void Any_other_name_is_refused(string text) => Expect.Failure(Diagnostics.InvalidRepository, () => RepositoryName.Parse(text));

    [TestMethod]
    public void A_name_has_at_most_255_characters()
    {
        Assert.IsTrue(RepositoryName.TryParse(new string('a', 255), out _));
        Assert.IsFalse(RepositoryName.TryParse(new string('a', 256), out _));
    }

    // The matrix of the in-box SDK: a valid name stays; else what is no letter, digit, '_', '-' or '/' becomes '-'.
    [TestMethod]
    [DataRow("WebApplication44", "webapplication44")]
    [DataRow("friendly-suspicious-alligator", "friendly-suspicious-alligator")]
    [DataRow("web/app2+7", "web/app2-7")]
    [DataRow("Microsoft.Apps.X", "microsoft-apps-x")]
    [DataRow("Orders.Api", "orders-api")]
    [DataRow("orders.api", "orders.api")]
    [DataRow("team-a/Orders_Api", "team-a/orders_api")]
    [DataRow("Größe", "gr--e")]
    public void The_name_of_a_project_becomes_the_repository_that_the_inbox_sdk_gives_it(string project, string repository) =>
        Assert.AreEqual(repository, RepositoryName.FromProjectName(project).Value);

    // The in-box SDK keeps the dashes at the end, which registries refuse.
    [TestMethod]
    public void What_cannot_end_a_repository_is_left_out() => Assert.AreEqual("bad-name", RepositoryName.FromProjectName("Bad Name!!").Value);

    [TestMethod]
    [DataRow("*x")]
    [DataRow("*friendly-suspicious-alligator")]
    [DataRow("-x")]
    [DataRow("!!")]
    [DataRow("")]
    [DataRow("   ")]
    [DataRow("a//b")]
    public void The_name_of_a_project_that_gives_no_repository_is_refused(string project) =>
        Expect.Failure(Diagnostics.InvalidRepository, () => RepositoryName.FromProjectName(project));
}
