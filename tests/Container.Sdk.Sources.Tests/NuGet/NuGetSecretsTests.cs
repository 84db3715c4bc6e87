using System.Xml.Linq;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class NuGetSecretsTests : IDisposable
{
    private const string Address = "https://feeds.example/v3/index.json";

    private const string Credentials = """<packageSourceCredentials><own><add key="Username" value="alice" /><add key="ClearTextPassword" value="canary" /></own></packageSourceCredentials>""";

    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public async Task What_the_user_and_the_machine_have_becomes_the_configuration_of_the_container_s_user()
    {
        const string Mapping = """<packageSourceMapping><packageSource key="own"><package pattern="*" /></packageSource></packageSourceMapping>""";
        _app.Restore([_app.Config("home/NuGet.Config", $"""<packageSources><add key="own" value="{Address}" /><add key="unused" value="https://other.example/" /></packageSources>{Credentials}{Mapping}""")], [Address]);
        var secret = (await ReadAsync()).Single();
        Assert.AreEqual(SourceDockerfile.NuGetSecret, secret.Id);
        AreEqual($"""<configuration><packageSources><add key="own" value="{Address}" /></packageSources>{Credentials}{Mapping}</configuration>""", secret.Text);
        Expect.Sequence(secret.Hidden, "canary");
    }

    [TestMethod]
    public async Task Credentials_of_the_repository_leave_its_configuration_and_become_those_of_the_user()
    {
        const string Sources = $"""<packageSources><add key="own" value="{Address}" /></packageSources>""";
        _app.Restore([_app.Config("repo/NuGet.config", Sources + Credentials)], [Address]);
        var secrets = await ReadAsync(new SecretConfig("nuget", "NuGet.config"));
        AreEqual($"<configuration><packageSources />{Credentials}</configuration>", secrets[0].Text);
        AreEqual($"<configuration>{Sources}</configuration>", secrets[1].Text);
        Assert.IsTrue(secrets.All(s => s.Hidden.Contains("canary")));
    }

    [TestMethod]
    public async Task Where_there_are_no_sources_the_configuration_says_so()
    {
        _app.Restore([], []);
        AreEqual("<configuration><packageSources /></configuration>", (await ReadAsync()).Single().Text);
    }

    private Task<System.Collections.Immutable.ImmutableArray<Engines.BuildSecret>> ReadAsync(params SecretConfig[] configs) => NuGetSecrets.ReadAsync(
        new SourcePlan { Name = "App", Root = _app.Root, BuildImage = "x", Projects = [new SourceProject("src/App/App.csproj", [])], SecretConfigs = [.. configs] },
        _app.Project, _app.ExtensionsPath, new SilentReporter(), default);

    private static void AreEqual(string expected, string actual) => Assert.IsTrue(XNode.DeepEquals(XDocument.Parse(expected), XDocument.Parse(actual)), actual);
}
