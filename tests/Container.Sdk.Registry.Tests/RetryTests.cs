using System.Globalization;

namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class RetryTests : IAsyncDisposable
{
    private static readonly RepositoryName Orders = RepositoryName.Parse("orders");

    private readonly Surroundings _surroundings = new();
    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly RegistryClient _client;
    private readonly RegistryRepository _repository;

    public RetryTests()
    {
        _client = new RegistryClient(_registry.Host, _surroundings.Options);
        _repository = _client.Open(Orders, RegistryAccess.Pull);
        _registry.Add(Orders, TestImage.Of(TestImage.Bytes(1, 1)), "latest");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
    }

    [TestMethod]
    [DataRow(408)]
    [DataRow(425)]
    [DataRow(429)]
    [DataRow(499)]
    [DataRow(500)]
    [DataRow(502)]
    [DataRow(503)]
    [DataRow(504)]
    [DataRow(522)]
    public async Task A_passing_error_is_tried_again(int status)
    {
        _registry.Fault("GET", "/manifests/", status, times: 2);

        Assert.IsNotNull(await _repository.GetManifestAsync(Tag.Latest, default));

        CollectionAssert.AreEqual((TimeSpan[])[TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)], _surroundings.Pauses.ToArray());
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(405)]
    [DataRow(412)]
    [DataRow(415)]
    [DataRow(501)]
    public async Task A_lasting_error_is_not_tried_again(int status)
    {
        _registry.Fault("GET", "/manifests/", status, """{"errors":[{"code":"SOME_CODE","message":"some reason"}]}""");

        var e = await Expect.FailureAsync(Diagnostics.RegistryError, () => _repository.GetManifestAsync(Tag.Latest, default));

        Assert.AreEqual(1, _registry.Count("GET", "/manifests/"));
        Assert.Contains($"{status} SOME_CODE", e.Message);
        Assert.Contains("some reason", e.Message);
    }

    [TestMethod]
    public async Task After_five_tries_the_error_is_told()
    {
        _registry.Fault("GET", "/manifests/", 503, "upstream is down");

        var e = await Expect.FailureAsync(Diagnostics.RegistryError, () => _repository.GetManifestAsync(Tag.Latest, default));

        Assert.AreEqual(5, _registry.Count("GET", "/manifests/"));
        CollectionAssert.AreEqual((double[])[0.5, 1, 2, 4], _surroundings.Pauses.Select(p => p.TotalSeconds).ToArray());
        Assert.Contains("upstream is down", e.Message);
    }

    [TestMethod]
    public void Pauses_grow_to_their_limit_and_are_shortened_by_chance()
    {
        var settings = new RetrySettings { Jitter = () => 1 };
        CollectionAssert.AreEqual((double[])[0.5, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 8).Select(i => settings.PauseAfter(i).TotalSeconds).ToArray());
        Assert.AreEqual(TimeSpan.FromSeconds(0.25), (settings with { Jitter = () => 0.5 }).PauseAfter(1));
    }

    [TestMethod]
    public async Task A_broken_connection_is_tried_again()
    {
        _registry.Fault(FakeServer.Is("GET", "/manifests/"), null, times: 2);

        Assert.IsNotNull(await _repository.GetManifestAsync(Tag.Latest, default));
    }

    [TestMethod]
    public async Task A_document_that_breaks_off_is_fetched_again()
    {
        _registry.Fault(FakeServer.Is("GET", "/manifests/"), async c =>
        {
            c.Response.ContentType = MediaTypes.OciManifest;
            c.Response.ContentLength = 100;
            await c.Response.Body.WriteAsync(new byte[10]);
            await c.Response.Body.FlushAsync();
            c.Abort();
        }, times: 1);

        Assert.IsNotNull(await _repository.GetManifestAsync(Tag.Latest, default));
    }

    [TestMethod]
    public async Task The_pause_that_the_registry_asks_for_is_kept_by_all_requests()
    {
        var clock = new FakeClock();
        var pauses = new List<TimeSpan>();
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with
        {
            Clock = clock,
            Retry = new RetrySettings
            {
                Delay = (pause, _) =>
                {
                    pauses.Add(pause);
                    return Task.CompletedTask;
                },
            },
        });
        _registry.Fault("GET", "/manifests/", 429, times: 1, headers: ("Retry-After", "7"));

        Assert.IsNotNull(await client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, default));
        // Another request, while the time is not over yet.
        clock.Now += TimeSpan.FromSeconds(3);
        await client.Open(Orders, RegistryAccess.Pull).ListTagsAsync(default);

        CollectionAssert.AreEqual((double[])[7, 4], pauses.Select(p => p.TotalSeconds).ToArray());
    }

    [TestMethod]
    public async Task The_pause_can_be_a_date()
    {
        var clock = new FakeClock();
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { Clock = clock });
        _registry.Fault("GET", "/manifests/", 503, times: 1, headers: ("Retry-After", clock.Now.AddSeconds(9).ToString("R", CultureInfo.InvariantCulture)));

        await client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, default);

        Assert.AreEqual(TimeSpan.FromSeconds(9), _surroundings.Pauses[0]);
    }

    [TestMethod]
    public async Task Too_long_a_pause_fails_at_once_and_names_the_time()
    {
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { Clock = new FakeClock() });
        _registry.Fault("GET", "/manifests/", 429, headers: ("Retry-After", "3600"));

        var e = await Expect.FailureAsync(Diagnostics.RateLimited, () => client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, default));

        Assert.Contains("2026-01-01 01:00:00Z", e.Message);
        Assert.AreEqual(1, _registry.Count("GET", "/manifests/"));
    }

    [TestMethod]
    public async Task A_registry_that_is_down_is_not_stormed()
    {
        _registry.Fault("GET", "/manifests/", 503);

        for (var i = 0; i < 20; i++) await Expect.FailureAsync(Diagnostics.RegistryError, () => _repository.GetManifestAsync(Tag.Latest, default));

        // 20 requests, and a budget of 10 and a fifth; without it there would be 100.
        Assert.IsLessThan(40, _registry.Count("GET", "/manifests/"));
    }

    [TestMethod]
    public async Task Nobody_there_is_said_after_five_tries()
    {
        var gone = FakeRegistry.Start();
        var host = gone.Host;
        await gone.DisposeAsync();
        using var client = new RegistryClient(host, _surroundings.Options);

        var e = await Expect.FailureAsync(Diagnostics.Unreachable, () => client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, default));

        Assert.HasCount(4, _surroundings.Pauses);
        Assert.Contains("Connection refused", e.Message);
    }

    [TestMethod]
    public async Task A_registry_that_says_nothing_is_given_up()
    {
        _registry.Fault(FakeServer.Is("GET", "/manifests/"), c => Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { IdleTimeout = TimeSpan.FromMilliseconds(100) });

        await Expect.FailureAsync(Diagnostics.Unreachable, () => client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, default));

        Assert.AreEqual(5, _registry.Count("GET", "/manifests/"));
    }

    [TestMethod]
    public async Task A_body_that_stops_is_given_up()
    {
        _registry.Fault(FakeServer.Is("GET", "/manifests/"), async c =>
        {
            await c.Response.Body.WriteAsync(new byte[10]);
            await c.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }, times: 1);
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { IdleTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.IsNotNull(await client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, default));
    }

    [TestMethod]
    public async Task Cancelling_ends_the_pause()
    {
        _registry.Fault("GET", "/manifests/", 503);
        using var cancel = new CancellationTokenSource(200);
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { Retry = new RetrySettings { First = TimeSpan.FromMinutes(1), Jitter = () => 1 } });

        await Assert.ThrowsAsync<OperationCanceledException>(() => client.Open(Orders, RegistryAccess.Pull).GetManifestAsync(Tag.Latest, cancel.Token));
    }
}
