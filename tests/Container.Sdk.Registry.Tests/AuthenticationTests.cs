using System.Text;
using Microsoft.AspNetCore.Http;

namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class AuthenticationTests : IAsyncDisposable
{
    private static readonly RepositoryName Orders = RepositoryName.Parse("team/orders");
    private static readonly RepositoryName Library = RepositoryName.Parse("libs/pricing");
    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("bob:s3cret"));

    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly List<FakeServer> _servers = [];
    private readonly Image _image = TestImage.Of(TestImage.Bytes(1, 100));

    private Surroundings _surroundings = new() { Credential = new Credential("bob", "s3cret", "test") };

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        await _registry.DisposeAsync();
    }

    /// <summary>A token service that gives the token of the registry to whom it likes.</summary>
    private FakeServer TokenService(Func<HttpRequest, string?> refuse, string token = "t1", string answer = "{\"token\":\"TOKEN\",\"expires_in\":300}")
    {
        var service = FakeServer.Start(c => refuse(c.Request) is { } reason
            ? FakeServer.SayAsync(c, reason.Length == 3 ? int.Parse(reason, System.Globalization.CultureInfo.InvariantCulture) : 401, $$"""{"details":"{{reason}}"}""")
            : FakeServer.SayAsync(c, 200, answer.Replace("TOKEN", token, StringComparison.Ordinal)));
        _servers.Add(service);
        _registry.Wants = _ => "Bearer " + token;
        _registry.Challenges = [$"Bearer realm=\"{service.Address}token\",service=\"registry.test\",scope=\"whatever\""];
        return service;
    }

    private RegistryClient Client(params FakeServer[] trusted) =>
        new(_registry.Host, _surroundings.Options with { TrustedTokenHosts = [.. trusted.Select(t => t.Address.Authority)] });

    private async Task PushAsync(RegistryClient client)
    {
        var destination = new RegistryImageDestination(client, Orders, [Tag.Latest]);
        await destination.PrepareAsync(new SilentReporter(), default);
        await destination.DeliverAsync(_image, new SilentReporter(), default);
        Assert.AreEqual(_image.Descriptor.Digest, _registry.DigestOf(Orders, "latest"));
    }

    [TestMethod]
    public async Task Basic_credentials_are_sent_when_they_are_asked_for()
    {
        _registry.Wants = _ => Basic;
        _registry.Challenges = ["bAsIc realm=\"x\""];
        using var client = Client();

        await PushAsync(client);

        Assert.IsNull(_registry.Requests[0].Authorization);
        Assert.IsTrue(_registry.Requests.Skip(1).All(r => r.Authorization == Basic));
    }

    [TestMethod]
    public async Task A_registry_that_asks_for_nothing_gets_no_credentials()
    {
        using var client = Client();

        await PushAsync(client);

        Assert.IsTrue(_registry.Requests.All(r => r.Authorization is null));
    }

    [TestMethod]
    public async Task Wrong_credentials_fail_before_anything_is_packed()
    {
        _surroundings = new Surroundings { Credential = new Credential("bob", "wrong", "test") };
        _registry.Wants = _ => Basic;
        _registry.Challenges = ["Basic realm=\"x\""];
        using var client = Client();

        var e = await Expect.FailureAsync(Diagnostics.Unauthorized, () => new RegistryImageDestination(client, Orders, [Tag.Latest]).PrepareAsync(new SilentReporter(), default));

        Assert.Contains("'bob'", e.Message);
        Assert.DoesNotContain("wrong", e.ToString());
        Assert.HasCount(2, _registry.Requests);
    }

    [TestMethod]
    public async Task A_token_is_got_once_for_all_requests_of_a_push()
    {
        var service = TokenService(r => r.Headers.Authorization == Basic ? null : "who?");
        using var client = Client(service);

        await PushAsync(client);

        Assert.HasCount(1, service.Requests);
        Assert.AreEqual("GET", service.Requests[0].Method);
        Assert.AreEqual("?service=registry.test&scope=repository%3Ateam%2Forders%3Apull%2Cpush", service.Requests[0].Query);
    }

    [TestMethod]
    public async Task A_realm_may_have_a_query_of_its_own()
    {
        var service = TokenService(_ => null);
        _registry.Challenges = [$"Bearer realm=\"{service.Address}token?tenant=a%2Fb\",service=\"s\""];
        using var client = Client(service);

        await PushAsync(client);

        Assert.StartsWith("?tenant=a%2Fb&service=s&scope=", service.Requests[0].Query);
    }

    [TestMethod]
    public async Task Without_credentials_anybodys_token_is_used()
    {
        _surroundings = new Surroundings();
        var service = TokenService(r => r.Headers.Authorization.Count == 0 ? null : "unexpected");
        _registry.Add(Orders, _image, "latest");
        using var client = Client();

        var image = await new RegistryImageSource(client, new RegistryReference(_registry.Host, Orders, Tag.Latest, null)).ResolveAsync(TestImage.Linux, default);

        Assert.AreEqual(_image.Descriptor.Digest, image.Descriptor.Digest);
        Assert.AreEqual("?service=registry.test&scope=repository%3Ateam%2Forders%3Apull", service.Requests.Single().Query);
    }

    [TestMethod]
    public async Task A_refusal_without_credentials_says_how_to_sign_in()
    {
        _surroundings = new Surroundings();
        TokenService(_ => "sign in first");
        using var client = Client();

        var e = await Expect.FailureAsync(Diagnostics.Unauthorized, () => new RegistryImageDestination(client, Orders, [Tag.Latest]).PrepareAsync(new SilentReporter(), default));

        Assert.Contains("without credentials", e.Message);
        Assert.Contains("sign in first", e.Message);
    }

    [TestMethod]
    [DataRow("{\"access_token\":\"TOKEN\"}")]
    [DataRow("{\"token\":\"\",\"access_token\":\"TOKEN\",\"expires_in\":\"60\"}")]
    [DataRow("{\"token\":\"TOKEN\",\"expires_in\":-5}")]
    public async Task The_forms_of_a_token_answer_are_understood(string answer)
    {
        var service = TokenService(_ => null, answer: answer);
        using var client = Client(service);

        await PushAsync(client);

        Assert.HasCount(1, service.Requests);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("no json")]
    [DataRow("{\"token\":\"a\\r\\nX-Evil: 1\"}")]
    public async Task An_answer_without_a_usable_token_is_an_error(string answer)
    {
        var service = TokenService(_ => null, answer: answer);
        using var client = Client(service);

        await Expect.FailureAsync(Diagnostics.RegistryError, () => PushAsync(client));
    }

    [TestMethod]
    public async Task An_identity_token_is_posted()
    {
        _surroundings = new Surroundings { Credential = new Credential("<token>", "refresh", "test") };
        var service = TokenService(r => r.Method == "POST" ? null : "405");
        using var client = Client(service);

        await PushAsync(client);

        Assert.AreEqual(
            "grant_type=refresh_token&service=registry.test&scope=repository%3Ateam%2Forders%3Apull%2Cpush&client_id=container-sdk&refresh_token=refresh",
            service.Requests.Single().Body);
    }

    [TestMethod]
    [DataRow("400")]
    [DataRow("401")]
    [DataRow("404")]
    [DataRow("405")]
    public async Task Where_POST_is_not_known_GET_is_tried(string status)
    {
        _surroundings = new Surroundings { Credential = new Credential("<token>", "refresh", "test") };
        var service = TokenService(r => r.Method == "POST" ? status : null);
        using var client = Client(service);

        await PushAsync(client);

        CollectionAssert.AreEqual((string[])["POST", "GET"], service.Requests.Select(r => r.Method).ToArray());
    }

    [TestMethod]
    public async Task A_token_that_is_not_taken_any_more_is_renewed()
    {
        var tokens = 0;
        await using var service = FakeServer.Start(c => FakeServer.SayAsync(c, 200, $$"""{"token":"t{{Interlocked.Increment(ref tokens)}}"}"""));
        _registry.Challenges = [$"Bearer realm=\"{service.Address}token\""];
        using var client = Client(service);
        _registry.Wants = _ => "Bearer t1";
        await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);

        _registry.Wants = _ => "Bearer t2";
        await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);
        await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);

        Assert.AreEqual(2, tokens);
    }

    [TestMethod]
    public async Task A_token_is_renewed_when_its_time_is_over()
    {
        var clock = new FakeClock();
        var service = TokenService(_ => null);
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { TrustedTokenHosts = [service.Address.Authority], Clock = clock });

        await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);
        clock.Now += TimeSpan.FromSeconds(250);
        await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);
        Assert.HasCount(1, service.Requests);
        clock.Now += TimeSpan.FromSeconds(50);
        await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);
        Assert.HasCount(2, service.Requests);
    }

    [TestMethod]
    public async Task A_token_that_is_refused_although_it_is_new_is_an_error()
    {
        var service = TokenService(_ => null);
        _registry.Wants = _ => "Bearer another";
        using var client = Client(service);

        await Expect.FailureAsync(Diagnostics.Unauthorized, () => client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default));

        Assert.IsLessThanOrEqualTo(2, service.Requests.Count);
    }

    [TestMethod]
    public async Task A_token_that_allows_too_little_is_said_to_be_so()
    {
        var service = TokenService(_ => null);
        _registry.Wants = _ => "Bearer another";
        _registry.Challenges = [_registry.Challenges[0] + ",error=\"insufficient_scope\""];
        using var client = Client(service);

        await Expect.FailureAsync(Diagnostics.Forbidden, () => client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default));
    }

    [TestMethod]
    public async Task A_token_that_ends_in_the_middle_of_an_upload_begins_it_anew()
    {
        var tokens = 0;
        await using var service = FakeServer.Start(c => FakeServer.SayAsync(c, 200, $$"""{"token":"t{{Interlocked.Increment(ref tokens)}}"}"""));
        _registry.Wants = r => $"Bearer t{(r.Method == "PUT" ? 2 : tokens)}";
        _registry.Challenges = [$"Bearer realm=\"{service.Address}token\""];
        using var client = Client(service);
        var blob = new TestBlob(TestImage.Bytes(1, 100_000));

        await client.Open(Orders, RegistryAccess.Push).UploadAsync(new Descriptor(MediaTypes.OciLayer, Digest.Of(blob.Bytes), 100_000), blob, null, default);

        Assert.AreEqual(2, tokens);
        CollectionAssert.AreEqual((string[])["Bearer t1", "Bearer t2"], _registry.Requests.Where(r => r.Method == "PUT").Select(r => r.Authorization).ToArray());
    }

    [TestMethod]
    [DataRow("PUT", "")]
    [DataRow("PATCH", "true")]
    public async Task A_401_after_the_body_does_not_repeat_the_request_but_the_upload(string method, string inPieces)
    {
        var tokens = 0;
        await using var service = FakeServer.Start(c => FakeServer.SayAsync(c, 200, $$"""{"token":"t{{Interlocked.Increment(ref tokens)}}"}"""));
        _surroundings.Environment["DOTNET_CONTAINER_DEBUG_REGISTRY_FORCE_CHUNKED_UPLOAD"] = inPieces;
        _registry.Wants = r => $"Bearer t{tokens}";
        _registry.Challenges = [$"Bearer realm=\"{service.Address}token\""];
        _registry.Fault(FakeServer.Is(method, "/uploads/"), async c =>
        {
            await c.Request.Body.CopyToAsync(Stream.Null);
            c.Response.Headers.WWWAuthenticate = _registry.Challenges[0];
            await FakeServer.SayAsync(c, 401);
        }, times: 1);
        using var client = Client(service);
        var blob = new TestBlob(TestImage.Bytes(1, 100_000));

        await client.Open(Orders, RegistryAccess.Push).UploadAsync(new Descriptor(MediaTypes.OciLayer, Digest.Of(blob.Bytes), 100_000), blob, null, default);

        Assert.AreEqual(2, blob.Opened);
        var paths = _registry.Requests.Where(r => r.Method == method).Select(r => r.Path).ToArray();
        Assert.HasCount(2, paths);
        Assert.AreNotEqual(paths[0], paths[1]);
    }

    [TestMethod]
    public async Task Basic_and_Bearer_in_any_form_of_header_are_understood()
    {
        var service = TokenService(_ => null);
        foreach (string[] challenges in (string[][])
        [
            ["Basic realm=\"x\"", $"Bearer realm=\"{service.Address}token\""],
            [$"Basic realm=\"x, y\", BEARER realm={service.Address}token , service=s"],
            ["Negotiate", $"bearer Service=\"s\",REALM=\"{service.Address}token\", Basic realm=\"x\""],
        ])
        {
            _registry.Challenges = challenges;
            using var client = Client(service);
            await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);
        }
        Assert.HasCount(3, service.Requests);
    }

    [TestMethod]
    public async Task A_mount_asks_for_both_repositories_and_does_without_where_that_is_refused()
    {
        var service = TokenService(r => r.Query["scope"].Count > 1 ? "no" : null);
        using var client = Client(service);
        var image = TestImage.Of(TestImage.Linux, ImageFormat.Oci, new TestBlob(TestImage.Bytes(9, 5000), Library));

        var delivery = await new RegistryImageDestination(client, Orders, [Tag.Latest]).DeliverAsync(image, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent], delivery.Layers.ToArray());
        Assert.Contains("scope=repository%3Ateam%2Forders%3Apull%2Cpush&scope=repository%3Alibs%2Fpricing%3Apull", service.Requests[^1].Query);
    }

    [TestMethod]
    [DataRow("http://169.254.169.254/latest/meta-data")]
    [DataRow("http://localhost:1/token")]
    [DataRow("https://auth.example.com/token")]
    [DataRow("null://")]
    [DataRow("file:///etc/passwd")]
    [DataRow("http://bob:x@127.0.0.1/token")]
    [DataRow("")]
    public async Task A_strange_token_service_is_refused(string realm)
    {
        _registry.Wants = _ => "Bearer x";
        _registry.Challenges = [$"Bearer realm=\"{realm}\",service=\"s\""];
        using var client = Client();

        await Expect.FailureAsync(Diagnostics.RealmRefused, () => client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default));
    }

    [TestMethod]
    public async Task Another_port_of_this_machine_gets_no_credentials_unless_it_is_trusted()
    {
        var service = TokenService(_ => null);
        using var client = Client();

        await Expect.FailureAsync(Diagnostics.RealmRefused, () => client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default));
        Assert.IsEmpty(service.Requests);

        using var trusting = Client(service);
        await trusting.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);
        Assert.HasCount(1, service.Requests);
    }

    [TestMethod]
    public async Task A_token_service_does_not_pass_credentials_on_by_redirecting()
    {
        await using var thief = FakeServer.Start(c => FakeServer.SayAsync(c, 200, """{"token":"t1"}"""));
        var service = TokenService(_ => null);
        await using var redirecting = FakeServer.Start(c =>
        {
            c.Response.Headers.Location = $"{thief.Address}token";
            return FakeServer.SayAsync(c, 307);
        });
        _registry.Challenges = [$"Bearer realm=\"{redirecting.Address}token\""];
        using var client = Client(redirecting);

        await client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default);

        Assert.IsNotNull(redirecting.Requests.Single().Authorization);
        Assert.IsNull(thief.Requests.Single().Authorization);
    }

    [TestMethod]
    public async Task An_endless_token_is_not_read_to_its_end()
    {
        _registry.Wants = _ => "Bearer x";
        await using var endless = FakeServer.Start(Endless.AnswerAsync);
        _registry.Challenges = [$"Bearer realm=\"{endless.Address}token\""];
        using var client = Client(endless);

        await Expect.FailureAsync(Diagnostics.TooLarge, () => client.Open(Orders, RegistryAccess.Push).ListTagsAsync(default));
    }
}
