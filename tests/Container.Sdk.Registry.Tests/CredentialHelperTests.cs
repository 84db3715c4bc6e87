using System.Text;

namespace Container.Sdk.Registry.Tests;

/// <summary>Helpers are shell scripts here.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class CredentialHelperTests : IDisposable
{
    private readonly Dictionary<string, string> _environment = [];
    private readonly string _home = Directory.CreateTempSubdirectory("csdk").FullName;

    public CredentialHelperTests()
    {
        _environment["HOME"] = _home;
        _environment["PATH"] = $":.:{Path.Combine(_home, "none")}:{Path.Combine(_home, "bin")}";
        Directory.CreateDirectory(Path.Combine(_home, ".docker"));
        Directory.CreateDirectory(Path.Combine(_home, "bin"));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private void Helper(string name, string script, string folder = "bin")
    {
        var file = Path.Combine(_home, folder, $"docker-credential-{name}");
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Config(string json) => File.WriteAllText(Path.Combine(_home, ".docker", "config.json"), json);

    private async Task<string?> FindAsync(string host = "registry.example.com", CancellationToken cancellation = default)
    {
        var provider = new DefaultCredentials(n => _environment.GetValueOrDefault(n), null);
        var found = await provider.FindAsync(RegistryHost.Parse(host), RepositoryName.Parse("orders"), RegistryAccess.Pull, cancellation);
        return found is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(found.ToBasic()[6..]));
    }

    [TestMethod]
    public async Task A_helper_is_asked_with_get_and_the_host_on_its_input()
    {
        Helper("desktop", """read host; echo "{\"Username\":\"$1\",\"Secret\":\"$host\"}" """);
        Config("""{"credsStore":"desktop"}""");

        Assert.AreEqual("get:registry.example.com", await FindAsync());
        Assert.AreEqual("get:https://index.docker.io/v1/", await FindAsync("docker.io"));
    }

    [TestMethod]
    public async Task The_helper_of_a_host_wins_over_the_store_of_all()
    {
        Helper("ecr", """echo '{"Username":"AWS","Secret":"1"}' """);
        Helper("desktop", """echo '{"Username":"desktop","Secret":"2"}' """);
        Config("""{"credsStore":"desktop","credHelpers":{"registry.example.com":"ecr"}}""");

        Assert.AreEqual("AWS:1", await FindAsync());
        Assert.AreEqual("desktop:2", await FindAsync("other.example.com"));
    }

    [TestMethod]
    public async Task A_helper_that_has_nothing_gives_way()
    {
        Helper("desktop", "echo 'credentials not found in native keychain'; exit 1");
        Config("""{"credsStore":"desktop","auths":{"other.example.com":{"auth":"Ym9iOng="}}}""");

        Assert.IsNull(await FindAsync());
        Assert.AreEqual("bob:x", await FindAsync("other.example.com"));
    }

    [TestMethod]
    public async Task A_helper_is_asked_once()
    {
        Helper("desktop", $$"""echo x >> {{_home}}/asked; echo '{"Username":"u","Secret":"s"}' """);
        Config("""{"credsStore":"desktop"}""");
        var provider = new DefaultCredentials(n => _environment.GetValueOrDefault(n), null);

        for (var i = 0; i < 3; i++) await provider.FindAsync(RegistryHost.Parse("a.example.com"), RepositoryName.Parse($"orders{i}"), RegistryAccess.Push, default);

        Assert.HasCount(1, File.ReadAllLines(Path.Combine(_home, "asked")));
    }

    [TestMethod]
    public async Task An_identity_token_of_a_helper_is_known_as_one()
    {
        Helper("acr", """echo '{"Username":"<token>","Secret":"refresh"}' """);
        Config("""{"credHelpers":{"registry.example.com":"acr"}}""");

        Assert.AreEqual("<token>:refresh", await FindAsync());
    }

    [TestMethod]
    [DataRow("echo 'the vault is locked' >&1; exit 1", "the vault is locked")]
    [DataRow("exit 3", "code 3")]
    [DataRow("echo '{\"Username\":\"u\",\"Secret\":\"canary\"}'; exit 1", "code 1")]
    [DataRow("echo canary", "not the JSON")]
    [DataRow("head -c 100000 /dev/zero", "more than 65536 bytes")]
    public async Task A_helper_that_fails_is_an_error_and_not_anonymous_access(string script, string reason)
    {
        Helper("desktop", script);
        Config("""{"credsStore":"desktop"}""");

        var e = await Expect.FailureAsync(Diagnostics.CredentialHelperFailed, () => FindAsync());

        Assert.Contains(reason, e.Message);
        Assert.DoesNotContain("canary", e.ToString());
    }

    [TestMethod]
    public async Task A_helper_that_never_ends_is_stopped()
    {
        Helper("desktop", "exec sleep 1000");

        var e = await Expect.FailureAsync(Diagnostics.CredentialHelperFailed, () =>
            new CredentialHelper("desktop", _environment.GetValueOrDefault, TimeSpan.FromMilliseconds(200)).GetAsync(RegistryHost.Parse("registry.example.com"), default));

        Assert.Contains("no answer within", e.Message);
    }

    [TestMethod]
    public async Task A_helper_that_pours_out_text_is_stopped()
    {
        Helper("desktop", "yes");
        Config("""{"credsStore":"desktop"}""");

        await Expect.FailureAsync(Diagnostics.CredentialHelperFailed, () => FindAsync());
    }

    [TestMethod]
    public async Task Cancelling_stops_a_helper()
    {
        Helper("desktop", "exec sleep 1000");
        Config("""{"credsStore":"desktop"}""");
        using var cancel = new CancellationTokenSource(200);

        await Assert.ThrowsAsync<OperationCanceledException>(() => FindAsync(cancellation: cancel.Token));
    }

    [TestMethod]
    [DataRow("x;id")]
    [DataRow("../evil")]
    [DataRow("a b")]
    [DataRow("$(id)")]
    public async Task A_name_that_is_none_is_not_run(string name)
    {
        Config($$"""{"credsStore":"{{name}}"}""");

        var e = await Expect.FailureAsync(Diagnostics.CredentialHelperFailed, () => FindAsync());

        Assert.Contains("no name of a program", e.Message);
    }

    [TestMethod]
    public async Task A_helper_that_is_missing_is_an_error()
    {
        Config("""{"credsStore":"nowhere"}""");

        var e = await Expect.FailureAsync(Diagnostics.CredentialHelperFailed, () => FindAsync());

        Assert.Contains("PATH", e.Message);
    }

    [TestMethod]
    public async Task A_helper_in_the_current_folder_is_not_run()
    {
        var name = $"cwd{Guid.NewGuid():N}";
        var file = Path.GetFullPath($"docker-credential-{name}");
        File.WriteAllText(file, "#!/bin/sh\necho '{\"Username\":\"thief\",\"Secret\":\"x\"}'");
        try
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Config($$"""{"credsStore":"{{name}}"}""");

            await Expect.FailureAsync(Diagnostics.CredentialHelperFailed, () => FindAsync());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
