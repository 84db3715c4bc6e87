namespace Container.Sdk.Package.Tests;

/// <summary>Files that look like secrets stay out of images.</summary>
[TestClass]
public sealed class Secrets
{
    private const string Credentials = "<configuration><packageSourceCredentials><feed><add key=\"ClearTextPassword\" value=\"x\" /></feed></packageSourceCredentials></configuration>";

    private readonly Sandbox _sandbox = new Sandbox().BuiltConsole("""<ItemGroup><None Include="data/**" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""");

    [TestCleanup]
    public void Clean() => _sandbox.Dispose();

    [TestMethod]
    public void All_files_that_look_like_secrets_are_named_at_once()
    {
        string[] secrets = ["data/.env", "data/certificate.pfx", "data/deep/id_rsa", "data/nuget.config", "data/secrets.json", "data/server.key", "data/server.pem"];
        foreach (var secret in secrets) _sandbox.Write($"app/{secret}", secret.EndsWith(".pem", StringComparison.Ordinal) ? "-----BEGIN PRIVATE KEY-----" : Credentials);
        _sandbox.Write("app/data/plain.txt", "plain");

        _sandbox.PublishBuilt().RefusedWith("CSDK6001", lines: secrets.Length + 2);

        var message = (string)_sandbox.Failure()["message"]!;
        Expect.Sequence(message.Split('\n', StringSplitOptions.TrimEntries).Where(l => l.StartsWith("data/", StringComparison.Ordinal)), secrets);
        Assert.AreEqual(0, _sandbox.PackedLayers());
        Assert.IsFalse(Directory.Exists(_sandbox.Registry));
    }

    [TestMethod]
    [DataRow("secrets.json")]
    [DataRow(".env")]
    [DataRow(".env.production")]
    [DataRow("Certificate.PFX")]
    [DataRow("id_ed25519")]
    [DataRow(".npmrc")]
    [DataRow("NuGet.Config")]
    public void One_file_is_enough(string name)
    {
        _sandbox.Write($"app/data/{name}", Credentials);
        _sandbox.PublishBuilt().RefusedWith("CSDK6001", lines: 3);
    }

    [TestMethod]
    [DataRow("nuget.config", "<configuration><packageSources /></configuration>")]
    [DataRow("config.json", "{\"theme\":\"dark\"}")]
    [DataRow("authority.pem", "-----BEGIN CERTIFICATE-----")]
    [DataRow("environment.txt", "not .env")]
    public void A_file_whose_name_is_common_is_packed_where_its_content_is_harmless(string name, string content)
    {
        _sandbox.Write($"app/data/{name}", content);
        Assert.Contains($"app/data/{name}", LayoutImages.OwnFiles(_sandbox.BuiltImage()));
    }

    [TestMethod]
    [DataRow("data/tests/test.pfx")]
    [DataRow("test.pfx")]
    [DataRow("%2A.pfx")]
    [DataRow("data/%2A%2A")]
    [DataRow("data/tests/*")]
    [DataRow("**/*.pfx")]
    public void A_file_that_is_allowed_by_a_glob_is_packed(string glob)
    {
        _sandbox.Write("app/data/tests/test.pfx", "harmless");
        Allow(glob);
        Assert.Contains("app/data/tests/test.pfx", LayoutImages.OwnFiles(_sandbox.BuiltImage()));
    }

    [TestMethod]
    [DataRow("data/other/%2A")]
    [DataRow("%2A.key")]
    [DataRow("test")]
    public void A_glob_for_other_files_allows_nothing(string glob)
    {
        _sandbox.Write("app/data/tests/test.pfx", "secret");
        Allow(glob);
        _sandbox.PublishBuilt().RefusedWith("CSDK6001", lines: 3);
    }

    // MSBuild replaces * by the files of the project, and leaves %2A to the comparison with the published files.
    private void Allow(string glob) => _sandbox.BuiltContent($"""
        <ItemGroup>
          <None Include="data/**" CopyToPublishDirectory="PreserveNewest" />
          <ContainerAllowFile Include="{glob}" />
        </ItemGroup>
        """);
}
