using System.Xml.Linq;

namespace Container.Sdk.Tasks.Tests;

[TestClass]
public sealed class FeedCredentialsTests
{
    private const string Address = "https://feeds.example/v3/index.json";

    private readonly Dictionary<string, string> _variables = [];

    [TestMethod]
    public void A_configuration_has_them_by_the_name_of_the_source()
    {
        var found = Of("""<my_x0020_feed><add key="Username" value="alice" /><add key="ClearTextPassword" value="s3cret" /></my_x0020_feed>""", "my feed")!;
        Assert.AreEqual(("alice", "s3cret"), (found["Username"], found["ClearTextPassword"]));
    }

    [TestMethod]
    [DataRow("Username=alice;Password=s3;cr=et", "s3;cr=et", null)]
    [DataRow("Username=alice; Password=s3cret;ValidAuthenticationTypes=Basic", "s3cret", "Basic")]
    public void A_variable_of_the_source_s_name_wins(string value, string password, string? types)
    {
        _variables["NuGetPackageSourceCredentials_private"] = value;
        var found = Of("""<private><add key="Username" value="bob" /><add key="ClearTextPassword" value="old" /></private>""", "private")!;
        Assert.AreEqual(("alice", password, types), (found["Username"], found["ClearTextPassword"], found.GetValueOrDefault("ValidAuthenticationTypes")));
    }

    [TestMethod]
    [DataRow("VSS_NUGET_EXTERNAL_FEED_ENDPOINTS")]
    [DataRow("ARTIFACTS_CREDENTIALPROVIDER_EXTERNAL_FEED_ENDPOINTS")]
    public void What_a_build_server_tells_the_credential_provider_counts(string variable)
    {
        _variables[variable] = $$"""{"endpointCredentials": [{"endpoint": "{{Address}}", "password": "token"}]}""";
        Assert.AreEqual("token", Of("", "private")!["ClearTextPassword"]);
        Assert.IsNull(new FeedCredentials([], _variables.GetValueOrDefault, new SilentReporter()).Of("private", "https://other.example/"));
    }

    [TestMethod]
    public void An_encrypted_password_is_a_warning()
    {
        var reporter = new Recording();
        Assert.IsNull(Of("""<private><add key="Username" value="a" /><add key="Password" value="AQAAANCM" /></private>""", "private", reporter));
        Assert.AreEqual(Diagnostics.EncryptedCredentials, reporter.Warned);
    }

    private IReadOnlyDictionary<string, string>? Of(string credentials, string source, IReporter? reporter = null) => new FeedCredentials(
        [new NuGetConfig("/repo/NuGet.config", XDocument.Parse($"<configuration><packageSourceCredentials>{credentials}</packageSourceCredentials></configuration>"))],
        _variables.GetValueOrDefault, reporter ?? new SilentReporter()).Of(source, Address);

    private sealed class Recording : IReporter
    {
        public Diagnostic? Warned { get; private set; }

        public void Detail(string text) { }

        public void Progress(string text) { }

        public void Warn(Diagnostic diagnostic, params object?[] args) => Warned = diagnostic;
    }
}
