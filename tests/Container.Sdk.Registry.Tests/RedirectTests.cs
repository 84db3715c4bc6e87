namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class RedirectTests : IAsyncDisposable
{
    private static readonly RepositoryName Orders = RepositoryName.Parse("orders");
    private static readonly byte[] Content = TestImage.Bytes(1, 5000);
    private static readonly Descriptor Blob = new(MediaTypes.OciLayer, Digest.Of(Content), Content.Length);

    private readonly Surroundings _surroundings = new() { Credential = new Credential("bob", "s3cret", "test") };
    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly FakeServer _storage = FakeServer.Start(async c => await c.Response.Body.WriteAsync(Content));
    private readonly RegistryClient _client;
    private readonly RegistryRepository _repository;

    public RedirectTests()
    {
        _registry.Wants = _ => "Basic Ym9iOnMzY3JldA==";
        _registry.Challenges = ["Basic realm=x"];
        _client = new RegistryClient(_registry.Host, _surroundings.Options);
        _repository = _client.Open(Orders, RegistryAccess.Pull);
        _registry.Blobs[$"{Orders}/{Blob.Digest}"] = Content;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _storage.DisposeAsync();
        await _registry.DisposeAsync();
    }

    private async Task<byte[]> ReadAsync()
    {
        await using var stream = await _repository.OpenBlobAsync(Blob, default);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    // The first request has no credentials yet and must reach the registry's 401.
    private void Redirect(int status, Func<string> location) => _registry.Fault(
        r => r.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) && r.Headers.Authorization.Count > 0,
        c =>
        {
            c.Response.Headers.Location = location();
            return FakeServer.SayAsync(c, status);
        });

    [TestMethod]
    [DataRow(301)]
    [DataRow(302)]
    [DataRow(303)]
    [DataRow(307)]
    [DataRow(308)]
    public async Task A_download_is_followed_to_storage_without_credentials(int status)
    {
        Redirect(status, () => $"{_storage.Address}bucket/blob?signature=a%2Fb");

        CollectionAssert.AreEqual(Content, await ReadAsync());

        Assert.AreEqual("?signature=a%2Fb", _storage.Requests.Single().Query);
        Assert.IsNull(_storage.Requests.Single().Authorization);
    }

    [TestMethod]
    public async Task A_redirect_inside_of_the_registry_keeps_the_credentials()
    {
        var first = true;
        _registry.Fault(r => r.Headers.Authorization.Count > 0 && r.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) && first, c =>
        {
            first = false;
            c.Response.Headers.Location = c.Request.Path.Value;
            return FakeServer.SayAsync(c, 307);
        });

        CollectionAssert.AreEqual(Content, await ReadAsync());
    }

    [TestMethod]
    public async Task A_401_of_the_storage_gets_no_credentials_out_of_us()
    {
        await using var thief = FakeServer.Start(c =>
        {
            c.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{c.Request.Scheme}://{c.Request.Host}/token\"";
            return FakeServer.SayAsync(c, 401);
        });
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { TrustedTokenHosts = [thief.Address.Authority] });
        Redirect(307, () => thief.Address.ToString());

        await Expect.FailureAsync(Diagnostics.Unauthorized, () => client.Open(Orders, RegistryAccess.Pull).OpenBlobAsync(Blob, default));

        Assert.HasCount(1, thief.Requests);
        Assert.IsNull(thief.Requests[0].Authorization);
    }

    [TestMethod]
    public async Task Redirects_come_to_an_end()
    {
        Redirect(307, () => $"/v2/orders/blobs/{Blob.Digest}");

        await Expect.FailureAsync(Diagnostics.RedirectRefused, ReadAsync);

        Assert.AreEqual(6, _registry.Count("GET", "/blobs/"));
    }

    [TestMethod]
    public async Task HEAD_is_followed_too()
    {
        Redirect(307, () => _storage.Address.ToString());
        _storage.Fault("HEAD", "/", 200);

        Assert.IsTrue(await _repository.HasBlobAsync(Blob, default));
    }
}
