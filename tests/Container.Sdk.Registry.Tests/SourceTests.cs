using System.Collections.Immutable;
using System.Text;

namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class SourceTests : IAsyncDisposable
{
    private static readonly RepositoryName Runtime = RepositoryName.Parse("dotnet/runtime");
    private static readonly Platform Arm = new("linux", "arm64");

    private readonly Surroundings _surroundings = new();
    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly RegistryClient _client;
    private readonly Image _image = TestImage.Of(TestImage.Bytes(1, 10_000), TestImage.Bytes(2, 10));

    public SourceTests() => _client = new RegistryClient(_registry.Host, _surroundings.Options);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
    }

    private Task<Image> ResolveAsync(string rest, Platform? platform = null) =>
        new RegistryImageSource(_client, RegistryReference.Parse($"{_registry.Host}/{Runtime}{rest}"), new Caller(_surroundings)).ResolveAsync(platform ?? TestImage.Linux, default);

    private string Document(string tag, string mediaType, string json)
    {
        _registry.Manifests[$"{Runtime}/{tag}"] = (mediaType, Encoding.UTF8.GetBytes(json));
        return ":" + tag;
    }

    private Image AddIndex(string tag, string mediaType = MediaTypes.OciIndex)
    {
        var arm = TestImage.Of(Arm, ImageFormat.Oci, new TestBlob(TestImage.Bytes(3, 10)));
        _registry.Add(Runtime, _image);
        _registry.Add(Runtime, arm);
        ImmutableArray<Descriptor> manifests = [_image.Descriptor with { Platform = TestImage.Linux }, arm.Descriptor with { Platform = new Platform("linux", "arm64", "v8") }];
        Document(tag, mediaType, Encoding.UTF8.GetString(new ImageIndex(mediaType, manifests).ToBytes()));
        return arm;
    }

    [TestMethod]
    public async Task An_image_is_found_by_tag_by_digest_and_by_both()
    {
        _registry.Add(Runtime, _image, "10.0", "latest");
        var other = TestImage.Of(TestImage.Bytes(8, 8));
        _registry.Add(Runtime, other, "moved");

        Assert.AreEqual(_image.Descriptor, (await ResolveAsync(":10.0")).Descriptor);
        Assert.AreEqual(_image.Descriptor, (await ResolveAsync("")).Descriptor);
        Assert.AreEqual(_image.Descriptor, (await ResolveAsync($"@{_image.Descriptor.Digest}")).Descriptor);
        Assert.AreEqual(_image.Descriptor, (await ResolveAsync($":moved@{_image.Descriptor.Digest}")).Descriptor);
    }

    [TestMethod]
    [DataRow(ImageFormat.Oci)]
    [DataRow(ImageFormat.Docker)]
    public async Task Both_formats_are_read_and_no_layer_is_fetched(ImageFormat format)
    {
        var image = TestImage.Of(TestImage.Linux, format, new TestBlob(TestImage.Bytes(1, 100)));
        _registry.Add(Runtime, image, "latest");

        var found = await ResolveAsync("");

        Assert.AreEqual(format, found.Manifest.Format);
        CollectionAssert.AreEqual(image.ManifestBytes, found.ManifestBytes);
        CollectionAssert.AreEqual(image.ConfigurationBytes, found.ConfigurationBytes);
        CollectionAssert.AreEqual(image.Layers.Select(l => l.DiffId).ToArray(), found.Layers.Select(l => l.DiffId).ToArray());
        Assert.AreEqual(1, _registry.Count("GET", "/blobs/"));
    }

    [TestMethod]
    public async Task A_layer_knows_its_place_and_can_be_opened()
    {
        _registry.Add(Runtime, _image, "latest");

        var layer = (await ResolveAsync("")).Layers[0];

        Assert.AreEqual(Runtime, layer.Content.PlaceIn(_registry.Host));
        Assert.IsNull(layer.Content.PlaceIn(RegistryHost.Parse("registry.example.com")));
        await using var stream = await layer.Content.OpenAsync(default);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        CollectionAssert.AreEqual(TestImage.Bytes(1, 10_000), bytes.ToArray());
    }

    [TestMethod]
    [DataRow(MediaTypes.OciIndex)]
    [DataRow(MediaTypes.DockerIndex)]
    public async Task The_platform_is_chosen_from_an_index(string mediaType)
    {
        var arm = AddIndex("10.0", mediaType);

        Assert.AreEqual(_image.Descriptor.Digest, (await ResolveAsync(":10.0")).Descriptor.Digest);
        Assert.AreEqual(arm.Descriptor.Digest, (await ResolveAsync(":10.0", Arm)).Descriptor.Digest);
    }

    [TestMethod]
    public async Task A_platform_that_an_index_lacks_is_an_error_that_names_what_it_has()
    {
        AddIndex("10.0");

        var e = await Expect.FailureAsync(Diagnostics.NoMatchingPlatform, () => ResolveAsync(":10.0", new Platform("linux", "s390x")));

        Assert.Contains("linux/amd64, linux/arm64/v8", e.Message);
    }

    [TestMethod]
    public async Task A_single_image_of_another_platform_is_an_error()
    {
        _registry.Add(Runtime, _image, "latest");

        await Expect.FailureAsync(Diagnostics.NoMatchingPlatform, () => ResolveAsync("", Arm));
    }

    [TestMethod]
    public async Task After_the_tag_only_digests_are_asked_for()
    {
        AddIndex("10.0");

        await ResolveAsync(":10.0");

        Assert.AreEqual(1, _registry.Count("GET", "/manifests/10.0"));
        Assert.AreEqual(1, _registry.Count("GET", $"/manifests/{_image.Descriptor.Digest}"));
    }

    [TestMethod]
    public async Task An_image_that_is_not_there_is_an_error()
    {
        var e = await Expect.FailureAsync(Diagnostics.ImageNotFound, () => ResolveAsync(":nope"));

        Assert.Contains($"{_registry.Host}/dotnet/runtime:nope", e.Message);
    }

    [TestMethod]
    public async Task A_manifest_with_another_digest_than_asked_for_is_damaged()
    {
        var digest = Digest.Of([1]);
        _registry.Manifests[$"{Runtime}/{digest}"] = (MediaTypes.OciManifest, _image.ManifestBytes);

        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => ResolveAsync($"@{digest}"));
    }

    [TestMethod]
    public async Task A_sha512_digest_is_checked_too()
    {
        _registry.Add(Runtime, _image);
        var digest = Digest.Parse("sha512:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(_image.ManifestBytes)));
        _registry.Manifests[$"{Runtime}/{digest}"] = (MediaTypes.OciManifest, _image.ManifestBytes);

        Assert.AreEqual(_image.Descriptor, (await ResolveAsync($"@{digest}")).Descriptor);
        _registry.Manifests[$"{Runtime}/{digest}"] = (MediaTypes.OciManifest, [.. _image.ManifestBytes, (byte)' ']);
        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => ResolveAsync($"@{digest}"));
    }

    [TestMethod]
    public async Task A_manifest_with_another_size_than_its_index_says_is_damaged()
    {
        _registry.Add(Runtime, _image);
        var wrong = _image.Descriptor with { Platform = TestImage.Linux, Size = 1 };
        Document("10.0", MediaTypes.OciIndex, Encoding.UTF8.GetString(new ImageIndex(MediaTypes.OciIndex, [wrong]).ToBytes()));

        await Expect.FailureAsync(Diagnostics.SizeMismatch, () => ResolveAsync(":10.0"));
    }

    [TestMethod]
    public async Task A_damaged_configuration_is_noticed()
    {
        _registry.Add(Runtime, _image, "latest");
        var wrong = (byte[])_image.ConfigurationBytes.Clone();
        wrong[^1] ^= 1;
        _registry.Blobs[$"{Runtime}/{_image.Manifest.Config.Digest}"] = wrong;

        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => ResolveAsync(""));
    }

    [TestMethod]
    public async Task The_digest_header_of_the_registry_is_not_believed()
    {
        _registry.Add(Runtime, _image, "latest");
        _registry.Fault(FakeServer.Is("GET", "/manifests/latest"), async c =>
        {
            c.Response.ContentType = MediaTypes.OciManifest;
            c.Response.Headers["Docker-Content-Digest"] = Digest.Of([1]).ToString();
            await c.Response.Body.WriteAsync(_image.ManifestBytes);
        });

        Assert.AreEqual(Digest.Of(_image.ManifestBytes), (await ResolveAsync("")).Descriptor.Digest);
    }

    [TestMethod]
    [DataRow(MediaTypes.OciManifest, """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""")]
    [DataRow(MediaTypes.OciIndex, """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{},"layers":[]}""")]
    [DataRow(MediaTypes.OciIndex, """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],"layers":[]}""")]
    [DataRow(MediaTypes.OciManifest, """{"schemaVersion":2,"manifests":[],"layers":[]}""")]
    [DataRow(MediaTypes.OciIndex, """{"schemaVersion":2,"manifests":[],"manifests":[]}""")]
    [DataRow("application/vnd.docker.distribution.manifest.v1+prettyjws", """{"schemaVersion":1}""")]
    [DataRow("text/html", "<html>hello</html>")]
    [DataRow("application/json", """{"schemaVersion":2,"layers":[]}""")]
    [DataRow(MediaTypes.OciManifest, "[[[[")]
    public async Task Documents_that_could_be_read_in_two_ways_or_are_no_images_are_refused(string mediaType, string json) =>
        await Expect.FailureAsync(Diagnostics.NotAnImage, () => ResolveAsync(Document("bad", mediaType, json)));

    [TestMethod]
    public async Task A_registry_of_plain_files_may_call_a_manifest_JSON()
    {
        _registry.Add(Runtime, _image);
        _registry.Manifests[$"{Runtime}/latest"] = ("application/json", _image.ManifestBytes);

        Assert.AreEqual(_image.Descriptor, (await ResolveAsync("")).Descriptor);
    }

    [TestMethod]
    public async Task A_layer_outside_of_the_registry_is_refused_and_its_address_not_asked()
    {
        await using var trap = FakeServer.Start(c => FakeServer.SayAsync(c, 200));
        var json = $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Digest.Of([1])}}","size":1},
            "layers":[{"mediaType":"{{MediaTypes.OciLayerGzip}}","digest":"{{Digest.Of([1])}}","size":1,"urls":["{{trap.Address}}"]}]}
            """;

        await Expect.FailureAsync(Diagnostics.ForeignLayer, () => ResolveAsync(Document("foreign", MediaTypes.OciManifest, json)));

        Assert.IsEmpty(trap.Requests);
    }

    [TestMethod]
    [DataRow("sha256:../../../secret")]
    [DataRow("sha256:ABCDEF")]
    [DataRow("")]
    public async Task A_digest_that_is_none_reaches_no_address(string digest)
    {
        var json = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{digest}}","size":1,"platform":{"os":"linux","architecture":"amd64"} }]}""";

        await Expect.FailureAsync(Diagnostics.NotAnImage, () => ResolveAsync(Document("bad", MediaTypes.OciIndex, json)));

        Assert.AreEqual("GET /v2/dotnet/runtime/manifests/bad", _registry.Requests[^1].ToString());
    }

    [TestMethod]
    public async Task Fewer_diff_ids_than_layers_is_no_image()
    {
        var bytes = ImageConfiguration.Empty(TestImage.Linux).ToBytes();
        var manifest = _image.Manifest with { Config = new Descriptor(MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length) };
        _registry.Blobs[$"{Runtime}/{Digest.Of(bytes)}"] = bytes;
        _registry.Manifests[$"{Runtime}/latest"] = (MediaTypes.OciManifest, manifest.ToBytes());

        await Expect.FailureAsync(Diagnostics.NotAnImage, () => ResolveAsync(""));
    }

    [TestMethod]
    public async Task An_image_is_copied_from_one_registry_to_another()
    {
        _registry.Add(Runtime, _image, "latest");
        var image = await ResolveAsync("");
        await using var target = FakeRegistry.Start();
        using var client = new RegistryClient(target.Host, _surroundings.Options);

        var delivery = await new RegistryImageDestination(client, Runtime, [Tag.Latest]).DeliverAsync(image, new SilentReporter(), default);

        Assert.AreEqual(_image.Descriptor.Digest, target.DigestOf(Runtime, "latest"));
        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent, Transfer.Sent], delivery.Layers.ToArray());
    }

    [TestMethod]
    public async Task Warnings_of_the_registry_are_passed_on_once_and_printable()
    {
        _registry.Add(Runtime, _image, "latest");
        _registry.Fault(r =>
        {
            r.HttpContext.Response.Headers.Warning = ("299 - \"this registry ends in May \t##vso[x]\"");
            return false;
        }, null);

        await ResolveAsync("");

        Assert.AreEqual(1, _surroundings.Lines.Count(l => l.Contains("ends in May  ##vso", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Resolving_ends_at_its_deadline()
    {
        _registry.Fault(FakeServer.Is("GET", "/manifests/"), async c =>
        {
            // A byte now and then keeps the connection busy for ever.
            while (!c.RequestAborted.IsCancellationRequested)
            {
                await c.Response.Body.WriteAsync(" "u8.ToArray());
                await c.Response.Body.FlushAsync();
                await Task.Delay(20);
            }
        });
        using var client = new RegistryClient(_registry.Host, _surroundings.Options with { Deadline = TimeSpan.FromMilliseconds(300) });

        await Expect.FailureAsync(Diagnostics.Unreachable, () => new RegistryImageSource(client, RegistryReference.Parse($"{_registry.Host}/x")).ResolveAsync(TestImage.Linux, default));
    }
}
