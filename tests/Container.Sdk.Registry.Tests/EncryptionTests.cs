namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class EncryptionTests
{
    private static readonly RepositoryName Orders = RepositoryName.Parse("orders");

    private readonly Surroundings _surroundings = new();

    [TestMethod]
    public async Task On_this_machine_http_is_tried_first_and_once()
    {
        await using var registry = FakeRegistry.Start();
        using var client = new RegistryClient(registry.Host, _surroundings.Options);

        await client.Open(Orders, RegistryAccess.Pull).ListTagsAsync(default);
        await client.Open(Orders, RegistryAccess.Pull).ListTagsAsync(default);

        Assert.AreEqual(1, registry.Requests.Count(r => r.Path == "/v2/"));
    }

    [TestMethod]
    public async Task On_this_machine_https_is_found_too_whoever_signed_the_certificate()
    {
        await using var registry = FakeRegistry.Start(encrypted: true);
        using var client = new RegistryClient(registry.Host, _surroundings.Options);

        Assert.IsEmpty(await client.Open(Orders, RegistryAccess.Pull).ListTagsAsync(default));

        Assert.AreEqual(1, registry.Requests.Count(r => r.Path == "/v2/"));
    }

    [TestMethod]
    public async Task Many_first_requests_ask_for_the_scheme_once()
    {
        await using var registry = FakeRegistry.Start();
        using var client = new RegistryClient(registry.Host, _surroundings.Options);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.Open(Orders, RegistryAccess.Pull).ListTagsAsync(default)));

        Assert.AreEqual(1, registry.Requests.Count(r => r.Path == "/v2/"));
    }

    [TestMethod]
    [DataRow("registry.example.com;127.0.0.1:5000", "registry.example.com", true)]
    [DataRow("registry.example.com,other:5000", "other:5000", true)]
    [DataRow(" Registry.Example.com ; ", "registry.example.com", true)]
    [DataRow("registry.example.com", "registry.example.com:5000", false)]
    [DataRow("registry.example.com", "example.com", false)]
    [DataRow("", "registry.example.com", false)]
    public void Hosts_without_encryption_are_listed_with_commas_or_semicolons(string variable, string host, bool insecure)
    {
        _surroundings.Environment["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = variable;

        Assert.AreEqual(insecure, _surroundings.Options.IsInsecure(RegistryHost.Parse(host)));
    }

    [TestMethod]
    public async Task Other_hosts_are_asked_by_https_alone()
    {
        var host = RegistryHost.Parse("registry.example.com");
        using var wire = new Wire(host, _surroundings.Options);

        var (origin, answer) = await new OriginFinder(host, _surroundings.Options, wire, new Retrier(host, _surroundings.Options)).FindAsync(new Caller(), default);

        Assert.AreEqual("https://registry.example.com/", origin.ToString());
        Assert.IsNull(answer);
    }

    [TestMethod]
    public void Docker_Hub_is_asked_where_it_answers()
    {
        Assert.AreEqual("registry-1.docker.io", RegistryHost.Parse("index.docker.io").ApiHost);
    }

    [TestMethod]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_at_once()
    {
        await using var registry = FakeRegistry.Start(encrypted: true);
        // As if the machine were another one: only loopback hosts and listed ones may have such certificates.
        var stranger = RegistryHost.Parse("registry.example.com");
        using var wire = new Wire(stranger, _surroundings.Options);

        var outcome = await wire.SendAsync(new Call(HttpMethod.Get, Passage.ToRegistry(registry.Address, "/v2/"), new Caller()), "Basic x", default);

        Assert.AreEqual(Diagnostics.CertificateInvalid.Code, outcome.Error!.Diagnostic.Code);
        Assert.IsFalse(outcome.MayRetry);
        Assert.IsEmpty(registry.Requests);
    }

    [TestMethod]
    public async Task A_registry_that_should_encrypt_and_does_not_is_not_asked_in_clear()
    {
        await using var registry = FakeRegistry.Start();
        using var wire = new Wire(RegistryHost.Parse("registry.example.com"), _surroundings.Options);

        var outcome = await wire.SendAsync(
            new Call(HttpMethod.Get, Passage.ToRegistry(new Uri($"https://{registry.Address.Authority}"), "/v2/"), new Caller()), "Basic x", default);

        Assert.AreEqual(Diagnostics.Unreachable.Code, outcome.Error!.Diagnostic.Code);
        Assert.Contains("DOTNET_CONTAINER_INSECURE_REGISTRIES", outcome.Error.Message);
        Assert.IsFalse(outcome.MayRetry);
        Assert.IsEmpty(registry.Requests);
    }
}
