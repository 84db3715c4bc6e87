using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Engines.Tests;

[TestClass]
public sealed class DockerCredentialsTests
{
    private static readonly RegistryLogin Password = new("registry.example:5000", "bob", "pass:word");

    private static readonly RegistryLogin Token = new("other.example", "<token>", "abc");

    [TestMethod]
    public void Each_registry_has_an_entry_by_its_host()
    {
        var hosts = JsonNode.Parse(DockerCredentials.Write([Password, Token]))!["auths"]!.AsObject();
        Assert.AreEqual("registry.example:5000 other.example", string.Join(' ', hosts.Select(h => h.Key)));
        Assert.AreEqual(Base64("bob:pass:word"), (string?)hosts["registry.example:5000"]!["auth"]);
        Assert.AreEqual("abc", (string?)hosts["other.example"]!["identitytoken"]);
    }

    [TestMethod]
    public void Docker_Hub_has_the_name_that_docker_gives_it() =>
        Assert.IsNotNull(JsonNode.Parse(DockerCredentials.Write([new RegistryLogin("docker.io", "a", "b")]))!["auths"]!["https://index.docker.io/v1/"]);

    [TestMethod]
    public void Without_credentials_it_is_a_configuration_all_the_same() => Assert.IsEmpty(JsonNode.Parse(DockerCredentials.Write([]))!["auths"]!.AsObject());

    [TestMethod]
    public void As_a_secret_it_hides_the_passwords_and_what_the_file_has_of_them()
    {
        var secret = DockerCredentials.AsSecret("registry-config", Password, Token);
        Assert.AreEqual(("registry-config", DockerCredentials.Write([Password, Token])), (secret.Id, secret.Text));
        CollectionAssert.AreEquivalent((string[])["pass:word", "abc", Base64("bob:pass:word")], secret.Hidden.ToArray());
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
