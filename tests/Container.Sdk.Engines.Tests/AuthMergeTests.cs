using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Engines.Tests;

[TestClass]
public sealed class AuthMergeTests
{
    private static readonly RegistryLogin Login = new("registry.example", "bob", "pass:word");

    [TestMethod]
    public void A_login_takes_the_place_of_what_the_user_has_saved_for_that_registry_alone()
    {
        var merged = Merge("""{"auths": {"registry.example": {"auth": "b2xk"}, "other.example": {"auth": "a2VwdA=="}}, "proxies": {"default": {}}}""", Login);
        Assert.AreEqual(Base64("bob:pass:word"), Text(merged["auths"]!["registry.example"]!["auth"]));
        Assert.AreEqual("a2VwdA==", Text(merged["auths"]!["other.example"]!["auth"]));
        Assert.IsNotNull(merged["proxies"]);
    }

    [TestMethod]
    public void A_helper_for_all_registries_is_not_asked_for_this_one()
    {
        var merged = Merge("""{"credsStore": "desktop"}""", Login);
        Assert.AreEqual("", Text(merged["credHelpers"]!["registry.example"]));
        Assert.AreEqual("desktop", Text(merged["credsStore"]));
    }

    [TestMethod]
    public void An_identity_token_is_written_as_one()
    {
        var entry = Merge("{}", new RegistryLogin("registry.example", "<token>", "abc"))["auths"]!["registry.example"]!;
        Assert.AreEqual("abc", Text(entry["identitytoken"]));
        Assert.AreEqual(Base64("<token>:"), Text(entry["auth"]));
    }

    [TestMethod]
    public void Docker_Hub_has_the_name_that_docker_gives_it() =>
        Assert.IsNotNull(Merge("{}", new RegistryLogin("docker.io", "a", "b"))["auths"]!["https://index.docker.io/v1/"]);

    [TestMethod]
    public void Of_several_files_the_first_that_knows_a_registry_counts()
    {
        JsonObject[] files = [Parse("""{"auths": {"a": {"auth": "MQ=="}}}"""), Parse("""{"auths": {"a": {"auth": "Mg=="}, "b": {"auth": "Mw=="}}, "credHelpers": {"c": "h"}}""")];
        var merged = AuthMerge.Merge(files, []);
        Assert.AreEqual("MQ==", Text(merged["auths"]!["a"]!["auth"]));
        Assert.AreEqual("Mw==", Text(merged["auths"]!["b"]!["auth"]));
        Assert.AreEqual("h", Text(merged["credHelpers"]!["c"]));
    }

    [TestMethod]
    public void Docker_still_finds_the_users_plug_ins()
    {
        var merged = DockerConfiguration.Merge(Parse("""{"cliPluginsExtraDirs": ["/opt"]}"""), [Login], "/home/bob/.docker/cli-plugins");
        Assert.AreEqual("""["/opt","/home/bob/.docker/cli-plugins"]""", merged["cliPluginsExtraDirs"]!.ToJsonString());
    }

    private static JsonObject Merge(string own, RegistryLogin login) => AuthMerge.Merge([Parse(own)], [login]);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static string? Text(JsonNode? node) => (string?)node;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
