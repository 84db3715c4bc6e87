using System.Globalization;

namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class UploadTests : IAsyncDisposable
{
    private static readonly RepositoryName Orders = RepositoryName.Parse("orders");

    private readonly Surroundings _surroundings = new();
    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly Lazy<RegistryClient> _client;

    public UploadTests() => _client = new(() => new RegistryClient(_registry.Host, _surroundings.Options));

    public async ValueTask DisposeAsync()
    {
        if (_client.IsValueCreated) _client.Value.Dispose();
        await _registry.DisposeAsync();
    }

    private async Task<TestBlob> UploadAsync(int size, IBlob? content = null)
    {
        var blob = new TestBlob(TestImage.Bytes(5, size));
        var descriptor = new Descriptor(MediaTypes.OciLayerGzip, Digest.Of(blob.Bytes), size);
        await _client.Value.Open(Orders, RegistryAccess.Push, new Caller(_surroundings)).UploadAsync(descriptor, content ?? blob, null, default);
        return blob;
    }

    private byte[] Stored(TestBlob blob) => _registry.Blobs[$"{Orders}/{Digest.Of(blob.Bytes)}"];

    private int[] LengthsOf(string method) =>
        [.. _registry.Requests.Where(r => r.Method == method).Select(r => int.Parse(r.Headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture))];

    [TestMethod]
    public async Task A_blob_is_one_POST_and_one_PUT()
    {
        var blob = await UploadAsync(200_000);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        CollectionAssert.AreEqual((string[])["GET", "POST", "PUT"], _registry.Requests.Select(r => r.Method).ToArray());
    }

    [TestMethod]
    public async Task An_empty_blob_can_be_sent()
    {
        var blob = await UploadAsync(0);

        Assert.IsEmpty(Stored(blob));
    }

    [TestMethod]
    public async Task Consent_is_awaited_before_large_bodies_only()
    {
        await UploadAsync(64 << 10);
        Assert.IsFalse(_registry.Requests[^1].Headers.ContainsKey("Expect"));

        await UploadAsync((64 << 10) + 1);
        Assert.AreEqual("100-continue", _registry.Requests[^1].Headers["Expect"]);
    }

    [TestMethod]
    public async Task A_registry_that_knows_no_consent_gets_the_body_at_once()
    {
        _registry.Fault(r => r.Method == "PUT" && r.Headers.ContainsKey("Expect"), c => FakeServer.SayAsync(c, 417));

        var blob = await UploadAsync(100_000);
        await UploadAsync(100_001);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        Assert.AreEqual(1, _registry.Requests.Count(r => r.Headers.ContainsKey("Expect")));
    }

    [TestMethod]
    public async Task A_registry_that_says_nothing_to_the_question_for_consent_is_asked_once()
    {
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { ConsentTimeout = TimeSpan.FromMilliseconds(200) });
        _registry.Fault(r => r.Headers.ContainsKey("Expect"), async c =>
        {
            await Task.Delay(400);
            await FakeServer.SayAsync(c, 201);
        });
        var blob = new TestBlob(TestImage.Bytes(1, 100_000));
        var descriptor = new Descriptor(MediaTypes.OciLayer, Digest.Of(blob.Bytes), 100_000);

        await client.Open(Orders, RegistryAccess.Push).UploadAsync(descriptor, blob, null, default);
        await client.Open(Orders, RegistryAccess.Push).UploadAsync(descriptor, blob, null, default);

        Assert.AreEqual(1, _registry.Requests.Count(r => r.Headers.ContainsKey("Expect")));
        Assert.AreEqual(2, _registry.Count("PUT", "/uploads/"));
    }

    [TestMethod]
    public async Task After_a_reset_the_whole_blob_is_sent_in_a_new_session()
    {
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), async c =>
        {
            await c.Request.Body.ReadAtLeastAsync(new byte[50_000], 50_000);
            c.Abort();
        }, times: 1);

        var blob = await UploadAsync(200_000);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        Assert.AreEqual(2, blob.Opened);
        var puts = _registry.Requests.Where(r => r.Method == "PUT").ToArray();
        Assert.HasCount(2, puts);
        Assert.AreNotEqual(puts[0].Path, puts[1].Path);
    }

    [TestMethod]
    public async Task An_upload_whose_answer_was_lost_is_not_repeated()
    {
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), async c =>
        {
            using var body = new MemoryStream();
            await c.Request.Body.CopyToAsync(body);
            _registry.Blobs[$"{Orders}/{Digest.Of(body.ToArray())}"] = body.ToArray();
            c.Abort();
        }, times: 1);

        var blob = await UploadAsync(200_000);

        Assert.AreEqual(1, blob.Opened);
        Assert.AreEqual(1, _registry.Count("HEAD", "/blobs/"));
    }

    [TestMethod]
    public async Task A_blob_that_somebody_else_has_just_sent_is_no_failure()
    {
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), async c =>
        {
            using var body = new MemoryStream();
            await c.Request.Body.CopyToAsync(body);
            _registry.Blobs[$"{Orders}/{Digest.Of(body.ToArray())}"] = body.ToArray();
            await FakeRegistry.ErrorAsync(c, 400, "BLOB_UPLOAD_INVALID");
        });

        await UploadAsync(1000);

        Assert.AreEqual(1, _registry.Count("PUT", "/uploads/"));
    }

    [TestMethod]
    public async Task Content_that_is_spoilt_on_the_way_is_sent_once_more_and_no_oftener()
    {
        _registry.Fault("PUT", "/uploads/", 400, """{"errors":[{"code":"DIGEST_INVALID","message":"no"}]}""");

        var e = await Expect.FailureAsync(Diagnostics.UploadFailed, () => UploadAsync(1000));

        Assert.AreEqual(2, _registry.Count("PUT", "/uploads/"));
        Assert.Contains("DIGEST_INVALID", e.Message);
    }

    [TestMethod]
    public async Task A_session_that_the_registry_has_forgotten_is_begun_anew()
    {
        _registry.Fault("PUT", "/uploads/", 404, """{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN","message":"no"}]}""", times: 1);

        var blob = await UploadAsync(1000);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        Assert.AreEqual(0, _registry.Count("PATCH", ""));
    }

    [TestMethod]
    public async Task A_blob_that_is_too_large_goes_in_pieces_and_so_do_larger_ones_from_then_on()
    {
        _registry.Fault(r => r.Method == "PUT" && r.ContentLength > 6_000_000, c => FakeServer.SayAsync(c, 413));

        var blob = await UploadAsync(12_000_000);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        CollectionAssert.AreEqual((int[])[5 << 20, 5 << 20, 12_000_000 - (10 << 20)], LengthsOf("PATCH"));
        CollectionAssert.AreEqual(
            (string[])["0-5242879", "5242880-10485759", "10485760-11999999"],
            _registry.Requests.Where(r => r.Method == "PATCH").Select(r => r.Headers["Content-Range"]).ToArray());

        await UploadAsync(12_000_001);
        Assert.AreEqual(1, LengthsOf("PUT").Count(l => l > 0));
        await UploadAsync(100);
        Assert.AreEqual(2, LengthsOf("PUT").Count(l => l > 0));
        Assert.AreEqual(1, _surroundings.Lines.Count(l => l.Contains("pieces", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Pieces_are_as_large_as_the_registry_wants_them()
    {
        _registry.Fault(r => r.Method == "PUT" && r.ContentLength > 0, c => FakeServer.SayAsync(c, 413));
        _registry.Fault(FakeServer.Is("POST", "/uploads/"), async c =>
        {
            c.Response.Headers["OCI-Chunk-Min-Length"] = "6000000";
            c.Response.Headers.Location = "/v2/orders/blobs/uploads/mine?_state=a%2Fb%3D%3D";
            await FakeServer.SayAsync(c, 202);
        });
        _registry.Fault("PATCH", "/uploads/mine", 202);
        _registry.Fault(r => r.Method == "PUT" && r.ContentLength is 0 or null, c => FakeServer.SayAsync(c, 201));

        await UploadAsync(7_000_000);

        CollectionAssert.AreEqual((int[])[6_000_000, 1_000_000], LengthsOf("PATCH"));
    }

    [TestMethod]
    public async Task Where_pieces_are_too_large_smaller_ones_are_sent()
    {
        _registry.Fault(r => r.Method == "PUT" && r.ContentLength > 0, c => FakeServer.SayAsync(c, 413));
        _registry.Fault(r => r.Method == "PATCH" && r.ContentLength > 4 << 20, c => FakeServer.SayAsync(c, 416));

        var blob = await UploadAsync(9_000_000);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        CollectionAssert.AreEqual((int[])[5 << 20, 4 << 20, 4 << 20, 9_000_000 - (8 << 20)], LengthsOf("PATCH"));
    }

    [TestMethod]
    [DataRow("DOTNET_CONTAINER_")]
    [DataRow("SDK_CONTAINER_")]
    public async Task The_environment_can_force_pieces_and_their_size(string prefix)
    {
        _surroundings.Environment[prefix + "DEBUG_REGISTRY_FORCE_CHUNKED_UPLOAD"] = "true";
        _surroundings.Environment[prefix + "REGISTRY_CHUNKED_UPLOAD_SIZE_BYTES"] = "1000";

        var blob = await UploadAsync(2500);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        CollectionAssert.AreEqual((int[])[1000, 1000, 500], LengthsOf("PATCH"));
    }

    [TestMethod]
    [DataRow(404, "BLOB_UNKNOWN")]
    [DataRow(405, "UNSUPPORTED")]
    [DataRow(411, "")]
    [DataRow(416, "")]
    public async Task A_registry_that_wants_PATCH_gets_it_and_is_remembered(int status, string code)
    {
        _registry.Fault(r => r.Method == "PUT" && r.ContentLength > 0, c => FakeRegistry.ErrorAsync(c, status, code));

        var blob = await UploadAsync(12_000_000);
        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        CollectionAssert.AreEqual((int[])[12_000_000], LengthsOf("PATCH"));

        await UploadAsync(100);
        CollectionAssert.AreEqual((int[])[12_000_000, 0, 0], LengthsOf("PUT"));
        Assert.AreEqual(1, _surroundings.Lines.Count(l => l.Contains("PATCH;", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_PATCH_is_never_sent_again()
    {
        _surroundings.Environment["DOTNET_CONTAINER_DEBUG_REGISTRY_FORCE_CHUNKED_UPLOAD"] = "true";
        _surroundings.Environment["DOTNET_CONTAINER_REGISTRY_CHUNKED_UPLOAD_SIZE_BYTES"] = "1000";
        var patches = 0;
        _registry.Fault(r => r.Method == "PATCH" && Interlocked.Increment(ref patches) == 2, null);

        var blob = await UploadAsync(2500);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        var seen = _registry.Requests.Where(r => r.Method == "PATCH").Select(r => (r.Path, r.Headers["Content-Range"])).ToArray();
        CollectionAssert.AllItemsAreUnique(seen);
        Assert.HasCount(5, seen);
    }

    [TestMethod]
    [DataRow(500)]
    [DataRow(503)]
    public async Task A_PATCH_that_fails_begins_the_upload_anew(int status)
    {
        _surroundings.Environment["DOTNET_CONTAINER_DEBUG_REGISTRY_FORCE_CHUNKED_UPLOAD"] = "true";
        _registry.Fault("PATCH", "/uploads/", status, times: 1);

        var blob = await UploadAsync(2500);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
        Assert.AreEqual(2, _registry.Count("POST", "/uploads/"));
    }

    [TestMethod]
    public async Task An_upload_is_given_up_after_five_tries()
    {
        _registry.Fault("PUT", "/uploads/", 503);

        var e = await Expect.FailureAsync(Diagnostics.UploadFailed, () => UploadAsync(1000));

        Assert.AreEqual(5, _registry.Count("PUT", "/uploads/"));
        Assert.AreEqual(0, _registry.OpenSessions);
        Assert.Contains("503", e.Message);
    }

    [TestMethod]
    [DataRow(200)]
    [DataRow(202)]
    [DataRow(204)]
    public async Task Unusual_statuses_of_success_are_taken(int status)
    {
        _registry.Fault("PUT", "/uploads/", status);

        await UploadAsync(1000);

        Assert.AreEqual(1, _registry.Count("PUT", "/uploads/"));
    }

    [TestMethod]
    public async Task An_upload_that_is_sent_to_another_host_carries_no_credentials()
    {
        await using var other = FakeServer.Start(c => FakeServer.SayAsync(c, 201));
        _registry.Wants = _ => "Basic Ym9iOnNlY3JldA==";
        _registry.Challenges = ["Basic realm=x"];
        _registry.Fault(FakeServer.Is("POST", "/uploads/"), c =>
        {
            c.Response.Headers.Location = $"{other.Address}upload?_state=1";
            return FakeServer.SayAsync(c, c.Request.Headers.Authorization.Count == 0 ? 401 : 202);
        });
        var surroundings = new Surroundings { Credential = new Credential("bob", "secret", "test") };
        using var client = new RegistryClient(_registry.Host, surroundings.Options);
        var blob = new TestBlob(TestImage.Bytes(1, 10));

        await client.Open(Orders, RegistryAccess.Push).UploadAsync(new Descriptor(MediaTypes.OciLayer, Digest.Of(blob.Bytes), 10), blob, null, default);

        Assert.HasCount(1, other.Requests);
        Assert.AreEqual("/upload", other.Requests[0].Path);
        Assert.IsNull(other.Requests[0].Authorization);
        Assert.IsTrue(_registry.Requests.Any(r => r.Authorization is not null));
    }

    [TestMethod]
    [DataRow(301)]
    [DataRow(302)]
    [DataRow(303)]
    [DataRow(307)]
    [DataRow(308)]
    public async Task A_redirect_of_an_upload_is_not_followed(int status)
    {
        await using var other = FakeServer.Start(c => FakeServer.SayAsync(c, 201));
        _registry.Fault("PUT", "/uploads/", status, headers: ("Location", $"{other.Address}elsewhere"));

        await Expect.FailureAsync(Diagnostics.RedirectRefused, () => UploadAsync(1000));

        Assert.IsEmpty(other.Requests);
    }

    [TestMethod]
    public async Task Content_that_is_not_what_it_should_be_never_arrives_as_a_whole()
    {
        long received = 0;
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), async c =>
        {
            var buffer = new byte[4096];
            for (int n; (n = await c.Request.Body.ReadAsync(buffer)) > 0;) received += n;
        });
        var wrong = new VerifiedBlob(TestImage.Bytes(6, 300_000), new Descriptor(MediaTypes.OciLayer, Digest.Of(TestImage.Bytes(5, 300_000)), 300_000));

        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => UploadAsync(300_000, wrong));

        Assert.IsLessThan(300_000, received);
        Assert.AreEqual(1, _registry.Count("PUT", "/uploads/"));
        Assert.AreEqual(0, _registry.OpenSessions);
    }

    [TestMethod]
    public async Task Content_that_is_too_short_is_no_success()
    {
        var wrong = new TestBlob(TestImage.Bytes(5, 10));

        await Expect.FailureAsync(Diagnostics.UploadFailed, () => UploadAsync(20, wrong));
    }

    [TestMethod]
    public async Task A_registry_that_closes_the_connection_when_an_upload_begins_may_lack_the_repository()
    {
        _registry.Fault(FakeServer.Is("POST", "/uploads/"), null);

        var e = await Expect.FailureAsync(Diagnostics.RepositoryRefused, () => UploadAsync(10));

        Assert.Contains("created first", e.Message);
        Assert.AreEqual(5, _registry.Count("POST", "/uploads/"));
    }

    [TestMethod]
    public async Task An_upload_of_which_no_byte_moves_is_tried_again()
    {
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { IdleTimeout = TimeSpan.FromMilliseconds(300) });
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), c => Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default), times: 1);
        var blob = new TestBlob(TestImage.Bytes(1, 5_000_000));

        await client.Open(Orders, RegistryAccess.Push).UploadAsync(new Descriptor(MediaTypes.OciLayer, Digest.Of(blob.Bytes), 5_000_000), blob, null, default);

        CollectionAssert.AreEqual(blob.Bytes, Stored(blob));
    }

    [TestMethod]
    public async Task Cancelling_gives_the_session_up()
    {
        using var cancel = new CancellationTokenSource();
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), async c =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var blob = new TestBlob(TestImage.Bytes(1, 10));

        await Assert.ThrowsAsync<OperationCanceledException>(() => _client.Value.Open(Orders, RegistryAccess.Push)
            .UploadAsync(new Descriptor(MediaTypes.OciLayer, Digest.Of(blob.Bytes), 10), blob, null, cancel.Token));

        Assert.AreEqual(1, _registry.Count("DELETE", "/uploads/"));
        Assert.AreEqual(0, _registry.OpenSessions);
    }

    [TestMethod]
    public void ECR_gets_two_blobs_at_a_time_and_the_environment_can_say_one()
    {
        static int At(string host, params (string, string)[] environment)
        {
            using var settings = new UploadSettings(RegistryHost.Parse(host), name => environment.FirstOrDefault(e => e.Item1 == name).Item2);
            return settings.Parallel.CurrentCount;
        }

        Assert.AreEqual(2, At("123456789012.dkr.ecr.eu-central-1.amazonaws.com"));
        Assert.AreEqual(6, At("registry.example.com"));
        Assert.AreEqual(1, At("registry.example.com", ("DOTNET_CONTAINER_REGISTRY_PARALLEL_UPLOAD", "false")));
        Assert.AreEqual(1, At("registry.example.com", ("SDK_CONTAINER_REGISTRY_PARALLEL_UPLOAD", "0")));
    }

    private sealed class VerifiedBlob(byte[] bytes, Descriptor descriptor) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult<Stream>(new VerifiedStream(new MemoryStream(bytes), descriptor, "test"));
    }
}
