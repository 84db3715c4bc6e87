namespace Container.Sdk.Tasks.Tests;

[TestClass]
public sealed class TargetReaderTests
{
    [TestMethod]
    public void Without_a_tag_it_is_latest() => Assert.AreEqual("registry.example.com/app:latest", Read("registry.example.com").Display);

    [TestMethod]
    public void The_same_tag_twice_is_one() => Assert.AreEqual("1 2", string.Join(' ', Read("", "", "App", "1", "2", "1").Tags));

    [TestMethod]
    public void A_prefix_comes_before_the_repository() => Assert.AreEqual("team-a/app", Read("", "team-a/", "App").Repository.Value);

    [TestMethod]
    public void A_tag_that_is_none_is_refused() => Expect.Failure(Diagnostics.InvalidTag, () => Read("", "", "App", "1.0+2"));

    [TestMethod]
    public void A_prefix_does_not_change_the_name_that_a_project_has() => Assert.AreEqual(
        $"team-a/{Read("", "", "Orders.Api").Repository}", Read("", "team-a/", "Orders.Api").Repository.Value);

    private static ImageTarget Read(string registry, string prefix = "", string repository = "App", params string[] tags) =>
        TargetReader.Read(registry, "", "", deliver: true, prefix, repository, tags, "/work");
}
