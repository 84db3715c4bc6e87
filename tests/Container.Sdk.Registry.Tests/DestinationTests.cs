namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class DestinationTests : IAsyncDisposable
{
    private static readonly RepositoryName Orders = RepositoryName.Parse("team/orders");
    private static readonly RepositoryName Library = RepositoryName.Parse("libs/pricing");

    private readonly Surroundings _surroundings = new();
    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly RegistryClient _client;
    private readonly Image _image = TestImage.Of(TestImage.Bytes(1, 300_000), TestImage.Bytes(2, 10));

    public DestinationTests() => _client = new RegistryClient(_registry.Host, _surroundings.Options);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
    }

    private RegistryImageDestination Destination(params string[] tags) => new(_client, Orders, [.. tags.Select(Tag.Parse)]);

    [TestMethod]
    public async Task A_delivered_image_is_there_under_each_tag()
    {
        var destination = Destination("1.0", "latest");
        Assert.IsNull(await destination.PrepareAsync(new SilentReporter(), default));
        var delivery = await destination.DeliverAsync(_image, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent, Transfer.Sent], delivery.Layers.ToArray());
        Assert.AreEqual(_image.Descriptor.Digest, _registry.DigestOf(Orders, "1.0"));
        Assert.AreEqual(_image.Descriptor.Digest, _registry.DigestOf(Orders, "latest"));
        CollectionAssert.AreEqual(TestImage.Bytes(1, 300_000), _registry.Blobs[$"{Orders}/{_image.Layers[0].Descriptor.Digest}"]);
    }

    [TestMethod]
    public async Task Bytes_and_requests_are_counted()
    {
        var destination = Destination("1.0");
        await destination.PrepareAsync(new SilentReporter(), default);
        var delivery = await destination.DeliverAsync(_image, new SilentReporter(), default);

        Assert.AreEqual(300_010 + _image.ConfigurationBytes.Length + _image.ManifestBytes.Length, delivery.BytesSent);
        Assert.AreEqual(_registry.Requests.Count, delivery.Requests);
    }

    [TestMethod]
    public async Task The_same_image_again_costs_two_small_requests_and_sends_nothing()
    {
        _registry.Add(Orders, _image, "1.0");

        var destination = Destination("1.0");
        var present = await destination.PrepareAsync(new SilentReporter(), default);
        Assert.AreEqual(_image.Descriptor.Digest, present!.Descriptor.Digest);
        var delivery = await destination.DeliverAsync(_image, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Reused, Transfer.Reused], delivery.Layers.ToArray());
        Assert.AreEqual(0, delivery.BytesSent);
        CollectionAssert.AreEqual(
            (string[])["GET /v2/", "GET /v2/team/orders/manifests/1.0", $"GET /v2/team/orders/blobs/{_image.Manifest.Config.Digest}"],
            _registry.Requests.Select(r => r.ToString()).ToArray());
    }

    [TestMethod]
    public async Task Only_the_tags_that_differ_are_written()
    {
        _registry.Add(Orders, _image, "1.0", "1");

        var destination = Destination("1.0", "1", "latest");
        await destination.PrepareAsync(new SilentReporter(), default);
        await destination.DeliverAsync(_image, new SilentReporter(), default);

        Assert.AreEqual(1, _registry.Requests.Count(r => r.Method == "PUT"));
        Assert.AreEqual(_image.Descriptor.Digest, _registry.DigestOf(Orders, "latest"));
        Assert.AreEqual(0, _registry.Count("HEAD", "/blobs/"));
    }

    [TestMethod]
    public async Task Without_preparation_the_tag_is_asked_for_and_nothing_is_sent_twice()
    {
        _registry.Add(Orders, _image, "1.0");

        var delivery = await Destination("1.0").DeliverAsync(_image, new SilentReporter(), default);

        Assert.AreEqual(0, delivery.BytesSent);
        Assert.AreEqual(1, _registry.Count("HEAD", "/manifests/1.0"));
    }

    [TestMethod]
    public async Task Layers_of_the_image_that_the_tag_had_are_not_even_asked_for()
    {
        _registry.Add(Orders, _image, "1.0");
        var next = TestImage.Of(TestImage.Bytes(1, 300_000), TestImage.Bytes(3, 20));

        var destination = Destination("1.0");
        await destination.PrepareAsync(new SilentReporter(), default);
        var delivery = await destination.DeliverAsync(next, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Reused, Transfer.Sent], delivery.Layers.ToArray());
        Assert.AreEqual(0, _registry.Count("HEAD", _image.Layers[0].Descriptor.Digest.ToString()));
        Assert.AreEqual(next.Descriptor.Digest, _registry.DigestOf(Orders, "1.0"));
    }

    [TestMethod]
    public async Task A_layer_that_is_there_is_not_opened()
    {
        _registry.Blobs[$"{Orders}/{_image.Layers[0].Descriptor.Digest}"] = TestImage.Bytes(1, 300_000);

        var delivery = await Destination("1.0").DeliverAsync(_image, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Reused, Transfer.Sent], delivery.Layers.ToArray());
        Assert.AreEqual(0, ((TestBlob)_image.Layers[0].Content).Opened);
    }

    [TestMethod]
    public async Task A_layer_of_another_repository_is_mounted()
    {
        _registry.Blobs[$"{Library}/{Digest.Of(TestImage.Bytes(9, 5000))}"] = TestImage.Bytes(9, 5000);
        var layer = new TestBlob(TestImage.Bytes(9, 5000), Library);
        var image = TestImage.Of(TestImage.Linux, ImageFormat.Docker, layer);

        var delivery = await Destination("1.0").DeliverAsync(image, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Mounted], delivery.Layers.ToArray());
        Assert.AreEqual(0, layer.Opened);
        Assert.IsTrue(_registry.Blobs.ContainsKey($"{Orders}/{image.Layers[0].Descriptor.Digest}"));
        Assert.AreEqual(MediaTypes.DockerManifest, _registry.Manifests[$"{Orders}/1.0"].MediaType);
    }

    [TestMethod]
    [DataRow(401)]
    [DataRow(403)]
    [DataRow(404)]
    [DataRow(405)]
    [DataRow(500)]
    public async Task A_mount_that_is_refused_becomes_an_upload(int status)
    {
        _registry.Fault(r => r.Query.ContainsKey("mount"), c => FakeServer.SayAsync(c, status));
        var image = TestImage.Of(TestImage.Linux, ImageFormat.Oci, new TestBlob(TestImage.Bytes(9, 5000), Library));

        var delivery = await Destination("1.0").DeliverAsync(image, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent], delivery.Layers.ToArray());
        Assert.AreEqual(image.Descriptor.Digest, _registry.DigestOf(Orders, "1.0"));
    }

    [TestMethod]
    public async Task The_session_that_comes_instead_of_a_mount_is_used()
    {
        var image = TestImage.Of(TestImage.Linux, ImageFormat.Oci, new TestBlob(TestImage.Bytes(9, 5000), Library));

        await Destination("1.0").DeliverAsync(image, new SilentReporter(), default);

        // One for the layer, one for the configuration.
        Assert.AreEqual(2, _registry.Count("POST", "/uploads/"));
        Assert.AreEqual(0, _registry.OpenSessions);
    }

    [TestMethod]
    public async Task A_layer_that_the_image_has_twice_is_sent_once()
    {
        var image = TestImage.Of(TestImage.Bytes(4, 100), TestImage.Bytes(4, 100));

        var delivery = await Destination("1.0").DeliverAsync(image, new SilentReporter(), default);

        Assert.HasCount(2, delivery.Layers);
        Assert.AreEqual(2, _registry.Count("PUT", "/uploads/"));
    }

    [TestMethod]
    public async Task Tags_are_written_after_all_blobs_and_in_their_order()
    {
        await Destination("1.0", "latest").DeliverAsync(_image, new SilentReporter(), default);

        var puts = _registry.Requests.Where(r => r.Method == "PUT").Select(r => r.Path).ToArray();
        Assert.HasCount(5, puts);
        Assert.IsTrue(puts[..3].All(p => p.Contains("/uploads/", StringComparison.Ordinal)));
        CollectionAssert.AreEqual((string[])["/v2/team/orders/manifests/1.0", "/v2/team/orders/manifests/latest"], puts[3..]);
    }

    [TestMethod]
    public async Task Where_a_blob_cannot_be_sent_no_tag_is_written()
    {
        _registry.Fault("PUT", "/uploads/", 507);

        await Expect.FailureAsync(Diagnostics.UploadFailed, () => Destination("1.0").DeliverAsync(_image, new SilentReporter(), default));

        Assert.AreEqual(0, _registry.Count("PUT", "/manifests/"));
        Assert.AreEqual(0, _registry.OpenSessions);
    }

    [TestMethod]
    public async Task Cancelling_writes_no_tag()
    {
        using var cancel = new CancellationTokenSource();
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), async c =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => Destination("1.0").DeliverAsync(_image, new SilentReporter(), cancel.Token));

        Assert.AreEqual(0, _registry.Count("PUT", "/manifests/"));
    }

    [TestMethod]
    public async Task A_delivery_ends_at_its_deadline()
    {
        _registry.Fault(FakeServer.Is("PUT", "/uploads/"), c => Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { Deadline = TimeSpan.FromMilliseconds(500) });

        await Expect.FailureAsync(Diagnostics.UploadFailed, () => new RegistryImageDestination(client, Orders, [Tag.Latest]).DeliverAsync(_image, new SilentReporter(), default));
    }

    [TestMethod]
    public async Task Preparing_a_new_tag_fails_where_pushing_is_forbidden()
    {
        _registry.Fault("POST", "/uploads/", 403, """{"errors":[{"code":"DENIED","message":"no"}]}""");

        await Expect.FailureAsync(Diagnostics.Forbidden, () => Destination("1.0").PrepareAsync(new SilentReporter(), default));
    }

    [TestMethod]
    public async Task Preparing_says_that_a_repository_must_be_created_first()
    {
        _registry.Fault("POST", "/uploads/", 404, """{"errors":[{"code":"NAME_UNKNOWN","message":"no such repository"}]}""");

        await Expect.FailureAsync(Diagnostics.RepositoryRefused, () => Destination("1.0").PrepareAsync(new SilentReporter(), default));
    }

    [TestMethod]
    public async Task Preparing_leaves_no_upload_behind()
    {
        await Destination("1.0").PrepareAsync(new SilentReporter(), default);

        Assert.AreEqual(1, _registry.Count("POST", "/uploads/"));
        Assert.AreEqual(0, _registry.OpenSessions);
    }

    [TestMethod]
    public async Task A_registry_that_forbids_to_read_what_is_not_there_can_be_written()
    {
        _registry.Fault("GET", "/manifests/", 403);

        var destination = Destination("1.0");
        Assert.IsNull(await destination.PrepareAsync(new SilentReporter(), default));
        await destination.DeliverAsync(_image, new SilentReporter(), default);

        Assert.AreEqual(_image.Descriptor.Digest, _registry.DigestOf(Orders, "1.0"));
    }

    [TestMethod]
    [DataRow(MediaTypes.OciIndex, """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""")]
    [DataRow("application/vnd.example+json", """{"mediaType":"application/vnd.example+json"}""")]
    [DataRow(MediaTypes.OciManifest, "no json")]
    [DataRow("text/html", "<html></html>")]
    public async Task What_is_no_image_is_replaced(string mediaType, string document)
    {
        _registry.Manifests[$"{Orders}/1.0"] = (mediaType, System.Text.Encoding.UTF8.GetBytes(document));

        var destination = Destination("1.0");
        Assert.IsNull(await destination.PrepareAsync(new SilentReporter(), default));
        await destination.DeliverAsync(_image, new SilentReporter(), default);

        Assert.AreEqual(_image.Descriptor.Digest, _registry.DigestOf(Orders, "1.0"));
    }

    [TestMethod]
    public async Task An_image_whose_configuration_is_gone_is_sent_anew()
    {
        _registry.Add(Orders, _image, "1.0");
        _registry.Blobs.Remove($"{Orders}/{_image.Manifest.Config.Digest}", out _);

        var destination = Destination("1.0");
        Assert.IsNull(await destination.PrepareAsync(new SilentReporter(), default));
        await destination.DeliverAsync(_image, new SilentReporter(), default);

        Assert.IsTrue(_registry.Blobs.ContainsKey($"{Orders}/{_image.Manifest.Config.Digest}"));
    }

    [TestMethod]
    public async Task Blobs_that_turn_out_to_be_missing_are_sent_and_the_tag_is_written()
    {
        _registry.Add(Orders, _image, "1.0");
        var destination = Destination("1.0");
        await destination.PrepareAsync(new SilentReporter(), default);
        _registry.Blobs.Remove($"{Orders}/{_image.Layers[0].Descriptor.Digest}", out _);
        var next = TestImage.Of(TestImage.Bytes(1, 300_000), TestImage.Bytes(3, 20));

        var delivery = await destination.DeliverAsync(next, new SilentReporter(), default);

        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent, Transfer.Sent], delivery.Layers.ToArray());
        Assert.AreEqual(next.Descriptor.Digest, _registry.DigestOf(Orders, "1.0"));
    }

    [TestMethod]
    public async Task A_registry_that_misses_blobs_for_ever_is_an_error()
    {
        _registry.Fault("PUT", "/manifests/", 400, """{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"no"}]}""");

        await Expect.FailureAsync(Diagnostics.RegistryError, () => Destination("1.0").DeliverAsync(_image, new SilentReporter(), default));

        Assert.AreEqual(2, _registry.Count("PUT", "/manifests/"));
    }

    [TestMethod]
    public async Task A_tag_is_read_back_only_where_the_answer_names_no_digest()
    {
        await Destination("1.0").DeliverAsync(_image, new SilentReporter(), default);
        Assert.AreEqual(1, _registry.Count("HEAD", "/manifests/"));

        _registry.NamesDigests = false;
        await Destination("2.0").DeliverAsync(_image, new SilentReporter(), default);
        Assert.AreEqual(2, _registry.Count("HEAD", "/manifests/2.0"));
    }

    [TestMethod]
    public async Task A_tag_that_appears_late_is_waited_for()
    {
        _registry.NamesDigests = false;
        var destination = Destination("1.0");
        await destination.PrepareAsync(new SilentReporter(), default);
        _registry.Fault("HEAD", "/manifests/", 404, times: 2);

        await destination.DeliverAsync(_image, new SilentReporter(), default);

        Assert.HasCount(2, _surroundings.Pauses);
    }

    [TestMethod]
    public async Task A_tag_that_reads_back_as_another_image_is_an_error()
    {
        _registry.NamesDigests = false;
        var destination = Destination("1.0");
        await destination.PrepareAsync(new SilentReporter(), default);
        var other = Digest.Of([1]).ToString();
        _registry.Fault("HEAD", "/manifests/", 200, headers: ("Docker-Content-Digest", other));

        var e = await Expect.FailureAsync(Diagnostics.TagNotWritten, () => destination.DeliverAsync(_image, new SilentReporter(), default));

        Assert.Contains(other, e.Message);
    }

    [TestMethod]
    public async Task An_immutable_tag_that_has_the_image_already_is_no_error()
    {
        var destination = Destination("1.0");
        await destination.PrepareAsync(new SilentReporter(), default);
        _registry.Add(Orders, _image, "1.0");
        _registry.Fault("PUT", "/manifests/", 400, """{"errors":[{"code":"TAG_INVALID","message":"the tag is immutable"}]}""");

        await destination.DeliverAsync(_image, new SilentReporter(), default);

        Assert.AreEqual(1, _registry.Count("PUT", "/manifests/"));
    }

    [TestMethod]
    public async Task An_immutable_tag_of_another_image_is_an_error_that_says_so()
    {
        _registry.Add(Orders, TestImage.Of(TestImage.Bytes(7, 7)), "1.0");
        _registry.Fault("PUT", "/manifests/", 400, """{"errors":[{"code":"TAG_INVALID","message":"the tag is immutable"}]}""");

        var e = await Expect.FailureAsync(Diagnostics.RegistryError, () => Destination("1.0").DeliverAsync(_image, new SilentReporter(), default));

        Assert.Contains("the tag is immutable", e.Message);
    }

    [TestMethod]
    public async Task The_largest_blob_is_sent_first()
    {
        _surroundings.Environment["DOTNET_CONTAINER_REGISTRY_PARALLEL_UPLOAD"] = "false";
        using var client = new RegistryClient(_registry.Host, _surroundings.Options);
        var image = TestImage.Of(TestImage.Bytes(1, 2000), TestImage.Bytes(2, 4000), TestImage.Bytes(3, 3000));

        await new RegistryImageDestination(client, Orders, [Tag.Latest]).DeliverAsync(image, new SilentReporter(), default);

        CollectionAssert.AreEqual(
            (string[])["4000", "3000", "2000"],
            _registry.Requests.Where(r => r.Path.Contains("/uploads/", StringComparison.Ordinal) && r.Method == "PUT").Select(r => r.Headers["Content-Length"]).Take(3).ToArray());
    }

    [TestMethod]
    public async Task No_more_than_six_blobs_are_sent_at_once()
    {
        var (now, most) = (0, 0);
        _registry.Fault(r => r.Method == "HEAD" && r.Path.Value!.Contains("/blobs/", StringComparison.Ordinal), async c =>
        {
            lock (_registry) most = Math.Max(most, ++now);
            await Task.Delay(30);
            lock (_registry) now--;
            await FakeServer.SayAsync(c, 404);
        });

        await Destination("1.0").DeliverAsync(TestImage.Of([.. Enumerable.Range(0, 20).Select(i => TestImage.Bytes(i, 100))]), new SilentReporter(), default);

        Assert.AreEqual(6, most);
    }
}
