namespace Container.Sdk.Publishing.Tests;

/// <summary>Files that look like secrets stay out of images.</summary>
[TestClass]
public sealed class SecretFileTests : IDisposable
{
    private const string Credentials = "<configuration><packageSourceCredentials><feed><add key=\"ClearTextPassword\" value=\"x\" /></feed></packageSourceCredentials></configuration>";

    private readonly TestApp _app = new();

    [TestMethod]
    public async Task All_files_that_look_like_secrets_are_named_at_once()
    {
        string[] secrets = ["data/.env", "data/certificate.pfx", "data/deep/id_rsa", "data/nuget.config", "data/secrets.json", "data/server.key", "data/server.pem"];
        foreach (var secret in secrets) _app.Publish(secret, secret.EndsWith(".pem", StringComparison.Ordinal) ? "-----BEGIN PRIVATE KEY-----" : Credentials);
        var e = await _app.Publish("data/plain.txt", "plain").RefusedAsync("CSDK6001");
        Expect.Sequence(e.Message.Split('\n', StringSplitOptions.TrimEntries).Where(l => l.StartsWith("data/", StringComparison.Ordinal)), secrets);
    }

    [TestMethod]
    [DataRow("secrets.json")]
    [DataRow(".env")]
    [DataRow(".env.production")]
    [DataRow("Certificate.PFX")]
    [DataRow("id_ed25519")]
    [DataRow(".npmrc")]
    [DataRow("NuGet.Config")]
    public Task One_file_is_enough(string name) => _app.Publish($"data/{name}", Credentials).RefusedAsync("CSDK6001");

    [TestMethod]
    [DataRow("nuget.config", "<configuration><packageSources /></configuration>")]
    [DataRow("config.json", "{\"theme\":\"dark\"}")]
    [DataRow("authority.pem", "-----BEGIN CERTIFICATE-----")]
    [DataRow("environment.txt", "not .env")]
    public async Task A_file_whose_name_is_common_is_packed_where_its_content_is_harmless(string name, string content) =>
        Assert.Contains($"app/data/{name}", LayoutImages.OwnFiles(await _app.Publish($"data/{name}", content).ImageAsync()));

    [TestMethod]
    public async Task A_file_that_is_allowed_is_packed() =>
        Assert.Contains("app/data/test.pfx", LayoutImages.OwnFiles(await _app.Publish("data/test.pfx", "harmless").Has("ContainerAllowFile", "**/*.pfx").ImageAsync()));

    public void Dispose() => _app.Dispose();
}
