namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class ConfigurationOfUsers
{
    [TestMethod]
    public void The_user_that_is_asked_for_wins() => Assert.AreEqual("app:staff", UserOn("""{"Env":["APP_UID=1654"],"User":"base"}""", "-p:ContainerUser=app:staff"));

    [TestMethod]
    public void A_base_that_has_chosen_a_user_keeps_it() => Assert.AreEqual("base", UserOn("""{"Env":["APP_UID=1654"],"User":"base"}"""));

    [TestMethod]
    public void Root_gives_way_to_APP_UID() => Assert.AreEqual("1654", UserOn("""{"Env":["APP_UID=1654"],"User":"root"}"""));

    [TestMethod]
    public void Without_APP_UID_there_is_no_user() => Assert.IsNull(UserOn("{}"));

    [TestMethod]
    public void Root_can_be_asked_for() => Assert.AreEqual("root", UserOn("""{"Env":["APP_UID=1654"]}""", "-p:ContainerUser=root"));

    private static string? UserOn(string settingsOfBase, params string[] arguments)
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var made = MadeImage.Of(settingsOfBase).ToFolder(sandbox.PathOf("bases"), "base");
        return sandbox.BuiltImage([$"-p:ContainerBaseImage={made}", .. arguments]).Configuration.User;
    }
}
