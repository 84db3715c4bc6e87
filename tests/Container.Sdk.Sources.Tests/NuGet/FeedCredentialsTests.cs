using NuGet.Configuration;

namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class FeedCredentialsTests : IDisposable
{
    private const string Address = "https://feeds.example/v3/index.json";

    private readonly RestoredApp _app = new();
    private readonly RecordingReporter _reporter = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly string _name = $"csdk-{Guid.NewGuid():N}";

    public void Dispose()
    {
        Environment.SetEnvironmentVariable($"NuGetPackageSourceCredentials_{_name}", null);
        _app.Dispose();
    }

    [TestMethod]
    public async Task A_configuration_has_them_by_the_name_of_the_source()
    {
        var found = await FindAsync("""<my_x0020_feed><add key="Username" value="alice" /><add key="ClearTextPassword" value="s3cret" /><add key="ValidAuthenticationTypes" value="basic" /></my_x0020_feed>""", "my feed");
        Assert.AreEqual(("alice", "s3cret", "basic"), (found!.User, found.Password, found.AuthenticationTypes));
    }

    [TestMethod]
    public async Task A_password_can_be_a_variable()
    {
        Environment.SetEnvironmentVariable($"NuGetPackageSourceCredentials_{_name}", "s3cret");
        Assert.AreEqual("s3cret", (await FindAsync($"""<own><add key="Username" value="alice" /><add key="ClearTextPassword" value="%NuGetPackageSourceCredentials_{_name}%" /></own>""", "own"))!.Password);
    }

    [TestMethod]
    [DataRow("Username=alice;Password=s3;cr=et", "s3;cr=et", "")]
    [DataRow("Username=alice; Password=s3cret;ValidAuthenticationTypes=Basic", "s3cret", "Basic")]
    public async Task A_variable_of_the_source_s_name_wins(string value, string password, string types)
    {
        Environment.SetEnvironmentVariable($"NuGetPackageSourceCredentials_{_name}", value);
        var found = await FindAsync($"""<{_name}><add key="Username" value="bob" /><add key="ClearTextPassword" value="old" /></{_name}>""", _name);
        Assert.AreEqual(("alice", password, types), (found!.User, found.Password, found.AuthenticationTypes));
    }

    [TestMethod]
    [DataRow("VSS_NUGET_EXTERNAL_FEED_ENDPOINTS")]
    [DataRow("ARTIFACTS_CREDENTIALPROVIDER_EXTERNAL_FEED_ENDPOINTS")]
    public async Task What_a_build_server_tells_the_credential_provider_counts(string variable)
    {
        _variables[variable] = $$"""{"endpointCredentials": [{"endpoint": "https://other.example/", "password": "other"}, {"endpoint": "{{Address.ToUpperInvariant()}}", "password": "token"}]}""";
        var found = await FindAsync("", "private");
        Assert.AreEqual((FeedCredential.AnyUser, "token"), (found!.User, found.Password));
        Assert.IsNull(await FindAsync("", "private", "https://third.example/"));
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("""{"endpointCredentials": [null]}""")]
    [DataRow("""{"endpointCredentials": {}}""")]
    public async Task A_variable_that_cannot_be_read_gives_none(string text)
    {
        _variables["VSS_NUGET_EXTERNAL_FEED_ENDPOINTS"] = text;
        Assert.IsNull(await FindAsync("", "private"));
    }

    [TestMethod]
    public async Task An_encrypted_password_is_a_warning_where_it_cannot_be_read()
    {
        Assert.IsNull(await FindAsync("""<private><add key="Username" value="a" /><add key="Password" value="AQAAANCM" /></private>""", "private"));
        Expect.Sequence(_reporter.Warnings, Diagnostics.EncryptedCredentials.Code);
        StringAssert.Contains(_reporter.Text, _app["home/NuGet.Config"]);
    }

    [TestMethod]
    public async Task A_credential_provider_is_asked_where_nobody_else_has_any()
    {
        var asked = new List<string>();
        Assert.AreEqual("given", (await FindAsync("", "private", providers: new Provider(asked, "given")))!.Password);
        await FindAsync("""<private><add key="Username" value="a" /><add key="ClearTextPassword" value="b" /></private>""", "private", providers: new Provider(asked, "given"));
        Expect.Sequence(asked, "private");
    }

    [TestMethod]
    public void They_do_not_print_themselves() => Assert.DoesNotContain("s3cret", new FeedCredential("own", "alice", "s3cret").ToString());

    private async Task<FeedCredential?> FindAsync(string credentials, string name, string address = Address, ICredentialProviders? providers = null)
    {
        var config = _app.Config("home/NuGet.Config", $"""<packageSources><add key="{name}" value="{address}" /></packageSources><packageSourceCredentials>{credentials}</packageSourceCredentials>""");
        var configurations = _app.Restore([config], [address]).Configurations;
        return await new FeedCredentials(configurations.CredentialFiles, _variables.GetValueOrDefault, providers ?? new Provider([], null), _reporter).FindAsync(configurations.RemoteSources.Single(), default);
    }

    private sealed class Provider(List<string> asked, string? password) : ICredentialProviders
    {
        public Task<FeedCredential?> AskAsync(PackageSource source, CancellationToken cancellation)
        {
            asked.Add(source.Name);
            return Task.FromResult(password is null ? null : new FeedCredential(source.Name, "a", password));
        }
    }
}
