using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class CredentialTests : IDisposable
{
    private static readonly RegistryHost Host = RegistryHost.Parse("registry.example.com");
    private static readonly RepositoryName Orders = RepositoryName.Parse("team/orders");

    private readonly Dictionary<string, string> _environment = [];
    private readonly string _home = Directory.CreateTempSubdirectory("csdk").FullName;

    public CredentialTests() => _environment["HOME"] = _home;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private async Task<string?> FindAsync(string host = "registry.example.com", RegistryAccess access = RegistryAccess.Pull, RegistryHost? output = null, string repository = "team/orders")
    {
        var provider = new DefaultCredentials(n => _environment.GetValueOrDefault(n), output);
        var found = await provider.FindAsync(RegistryHost.Parse(host), RepositoryName.Parse(repository), access, default);
        return found is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(found.ToBasic()[6..]));
    }

    private string Write(string path, string json)
    {
        var file = Path.Combine(_home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json);
        return file;
    }

    private static string Auths(params (string Key, string Pair)[] entries) => new JsonObject
    {
        ["auths"] = new JsonObject(entries.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(e.Pair)) }))),
    }.ToJsonString();

    private void Set(string prefix, string? user, string? password)
    {
        if (user is not null) _environment[prefix + "_UNAME"] = user;
        if (password is not null) _environment[prefix + "_PWORD"] = password;
    }

    [TestMethod]
    public async Task The_pair_of_a_direction_wins_over_the_general_one()
    {
        Set("DOTNET_CONTAINER_REGISTRY", "general", "1");
        Set("DOTNET_CONTAINER_PUSH_REGISTRY", "pusher", "2");
        Set("DOTNET_CONTAINER_PULL_REGISTRY", "puller", "3");

        Assert.AreEqual("pusher:2", await FindAsync(access: RegistryAccess.Push, output: Host));
        Assert.AreEqual("puller:3", await FindAsync(output: Host));
    }

    [TestMethod]
    public async Task The_general_pair_is_for_the_registry_that_is_pushed_to()
    {
        Set("DOTNET_CONTAINER_REGISTRY", "general", "1");

        Assert.AreEqual("general:1", await FindAsync(access: RegistryAccess.Push, output: Host));
        Assert.AreEqual("general:1", await FindAsync(output: Host));
        Assert.IsNull(await FindAsync(host: "other.example.com", output: Host));
        Assert.IsNull(await FindAsync());
    }

    [TestMethod]
    public async Task The_old_names_still_work()
    {
        Set("SDK_CONTAINER_REGISTRY", "old", "1");
        Assert.AreEqual("old:1", await FindAsync(access: RegistryAccess.Push, output: Host));

        Set("DOTNET_CONTAINER_REGISTRY", "new", "2");
        Assert.AreEqual("new:2", await FindAsync(access: RegistryAccess.Push, output: Host));
    }

    [TestMethod]
    public async Task Halves_of_different_pairs_make_no_pair()
    {
        Set("DOTNET_CONTAINER_PUSH_REGISTRY", "pusher", null);
        Set("DOTNET_CONTAINER_REGISTRY", null, "1");

        Assert.IsNull(await FindAsync(access: RegistryAccess.Push, output: Host));
    }

    [TestMethod]
    public async Task The_environment_wins_over_files()
    {
        Write(".docker/config.json", Auths(("registry.example.com", "file:1")));
        Set("DOTNET_CONTAINER_PULL_REGISTRY", "env", "2");

        Assert.AreEqual("env:2", await FindAsync());
    }

    [TestMethod]
    [DataRow("registry.example.com", "registry.example.com")]
    [DataRow("https://registry.example.com", "registry.example.com")]
    [DataRow("https://registry.example.com/v2/", "registry.example.com")]
    [DataRow("http://Registry.Example.com/v1/", "registry.example.com")]
    [DataRow("registry.example.com:5000", "registry.example.com:5000")]
    [DataRow("https://index.docker.io/v1/", "docker.io")]
    [DataRow("docker.io", "registry-1.docker.io")]
    [DataRow("registry-1.docker.io", "index.docker.io")]
    [DataRow("registry.example.com/team", "registry.example.com")]
    [DataRow("registry.example.com/team/orders", "registry.example.com")]
    public async Task The_forms_of_a_key_are_understood(string key, string host)
    {
        Write(".docker/config.json", Auths((key, "bob:s:3")));

        Assert.AreEqual("bob:s:3", await FindAsync(host));
    }

    [TestMethod]
    [DataRow("registry.example.com:5000")]
    [DataRow("example.com")]
    [DataRow("registry.example.com.evil.example")]
    [DataRow("registry.example.com/other")]
    [DataRow("registry.example.com/tea")]
    public async Task Keys_of_other_places_are_not_taken(string key)
    {
        Write(".docker/config.json", Auths((key, "bob:x")));

        Assert.IsNull(await FindAsync());
    }

    [TestMethod]
    public async Task The_narrowest_key_wins()
    {
        Write(".docker/config.json", Auths(("registry.example.com", "all:1"), ("registry.example.com/team", "team:2")));

        Assert.AreEqual("team:2", await FindAsync());
        Assert.AreEqual("all:1", await FindAsync(repository: "other/orders"));
    }

    [TestMethod]
    public async Task Files_are_looked_at_in_their_order()
    {
        _environment["XDG_RUNTIME_DIR"] = Path.Combine(_home, "run");
        Write(".config/containers/auth.json", Auths(("registry.example.com", "d:4")));
        Assert.AreEqual("d:4", await FindAsync());
        Write("run/containers/auth.json", Auths(("registry.example.com", "c:3")));
        Assert.AreEqual("c:3", await FindAsync());
        Write(".docker/config.json", Auths(("registry.example.com", "b:2")));
        Assert.AreEqual("b:2", await FindAsync());
        _environment["REGISTRY_AUTH_FILE"] = Write("mine.json", Auths(("registry.example.com", "a:1")));
        Assert.AreEqual("a:1", await FindAsync());
        _environment["DOCKER_CONFIG"] = Path.Combine(_home, "nothing");
        _environment.Remove("REGISTRY_AUTH_FILE");
        Assert.AreEqual("c:3", await FindAsync());
    }

    [TestMethod]
    public async Task A_file_without_an_entry_gives_way_to_the_next()
    {
        Write(".docker/config.json", """{"auths":{"registry.example.com":{}},"psFormat":"x"}""");
        Write(".config/containers/auth.json", Auths(("registry.example.com", "podman:1")));

        Assert.AreEqual("podman:1", await FindAsync());
    }

    [TestMethod]
    public async Task An_identity_token_is_known_as_one()
    {
        Write(".docker/config.json", """{"auths":{"registry.example.com":{"auth":"MDAwMDp4","identitytoken":"refresh"}}}""");

        var found = await new DefaultCredentials(n => _environment.GetValueOrDefault(n), null).FindAsync(Host, Orders, RegistryAccess.Pull, default);

        Assert.IsTrue(found!.IsIdentityToken);
        Assert.AreEqual("refresh", found.IdentityToken);
    }

    [TestMethod]
    [DataRow("{ canary")]
    [DataRow("[\"canary\"]")]
    [DataRow("""{"auths":{"registry.example.com":{"auth":"canary!"}}}""")]
    [DataRow("""{"auths":{"registry.example.com":{"auth":"Y2FuYXJ5"}}}""")]
    [DataRow("""{"auths":"canary"}""")]
    public async Task A_file_that_cannot_be_read_is_an_error_that_repeats_nothing_of_it(string json)
    {
        var file = Write(".docker/config.json", json);

        var e = await Expect.FailureAsync(Diagnostics.CredentialFileInvalid, () => FindAsync());

        Assert.Contains(file, e.Message);
        Assert.DoesNotContain("canary", e.ToString());
    }

    [TestMethod]
    public async Task A_file_that_the_user_names_must_exist()
    {
        _environment["REGISTRY_AUTH_FILE"] = Path.Combine(_home, "nope.json");

        await Expect.FailureAsync(Diagnostics.CredentialFileInvalid, () => FindAsync());
    }

    [TestMethod]
    public async Task Without_any_file_there_are_none() => Assert.IsNull(await FindAsync());

    [TestMethod]
    public void A_credential_does_not_show_its_secret() =>
        Assert.DoesNotContain("canary", new Credential("bob", "canary", "test").ToString());
}
