using System.Diagnostics;

namespace Container.Sdk.Registry.Tests;

/// <summary>Against docker-registry (distribution 2.8), which has opinions of its own.</summary>
[TestClass]
public sealed class RealRegistryTests
{
    // bcrypt of "s3cret-canary".
    private const string Passwords = "bob:$2b$04$abcdefghijklmnopqrstuuMW7rijBXKQMxQs6A55XYLyzdzLF4c5S\n";

    private readonly Surroundings _surroundings = new();
    private readonly string _prefix = $"registry-tests/{Guid.NewGuid():N}";

    private RepositoryName Repository(string name) => RepositoryName.Parse($"{_prefix}/{name}");

    private static async Task<Delivery> PushAsync(RegistryClient client, RepositoryName repository, Image image, params string[] tags)
    {
        var destination = new RegistryImageDestination(client, repository, [.. tags.Select(Tag.Parse)]);
        await destination.PrepareAsync(new SilentReporter(), default);
        return await destination.DeliverAsync(image, new SilentReporter(), default);
    }

    private static string WithPasswords(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "passwords"), Passwords);
        return $"auth: {"{htpasswd: {realm: test, path: "}{folder}/passwords{"}}"}";
    }

    [TestMethod]
    public async Task An_image_is_pushed_and_comes_back_the_same()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);
        var image = TestImage.Of(TestImage.Bytes(1, 3_000_000), TestImage.Bytes(2, 100), TestImage.Bytes(3, 0));

        await PushAsync(client, Repository("orders"), image, "1.0", "latest");
        var source = new RegistryImageSource(client, new RegistryReference(client.Host, Repository("orders"), Tag.Parse("1.0"), null));
        var found = await source.ResolveAsync(TestImage.Linux, default);

        CollectionAssert.AreEqual(image.ManifestBytes, found.ManifestBytes);
        await using var stream = await found.Layers[0].Content.OpenAsync(default);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        CollectionAssert.AreEqual(TestImage.Bytes(1, 3_000_000), bytes.ToArray());
        CollectionAssert.AreEquivalent(
            (string[])["1.0", "latest"], (await client.Open(Repository("orders"), RegistryAccess.Pull).ListTagsAsync(default)).Select(t => t.Value).ToArray());
    }

    [TestMethod]
    public async Task The_same_image_again_sends_nothing()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);
        var image = TestImage.Of(TestImage.Bytes(1, 1000));
        await PushAsync(client, Repository("orders"), image, "1.0");

        var delivery = await PushAsync(client, Repository("orders"), image, "1.0");

        Assert.AreEqual(0, delivery.BytesSent);
        Assert.AreEqual(2, delivery.Requests);
    }

    [TestMethod]
    public async Task A_layer_is_mounted_from_another_repository()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);
        await PushAsync(client, Repository("library"), TestImage.Of(TestImage.Bytes(1, 100_000)), "1.0");
        var layer = new TestBlob(TestImage.Bytes(1, 100_000), Repository("library"));

        var delivery = await PushAsync(client, Repository("orders"), TestImage.Of(TestImage.Linux, ImageFormat.Oci, layer), "1.0");

        CollectionAssert.AreEqual((Transfer[])[Transfer.Mounted], delivery.Layers.ToArray());
        Assert.AreEqual(0, layer.Opened);
    }

    [TestMethod]
    public async Task A_mount_of_what_is_not_there_becomes_an_upload()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);
        var layer = new TestBlob(TestImage.Bytes(7, 100_000), Repository("nothing"));

        var delivery = await PushAsync(client, Repository("orders"), TestImage.Of(TestImage.Linux, ImageFormat.Oci, layer), "1.0");

        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent], delivery.Layers.ToArray());
    }

    [TestMethod]
    [DataRow(UploadWay.Whole)]
    [DataRow(UploadWay.Patch)]
    [DataRow(UploadWay.Pieces)]
    public async Task Each_way_of_sending_works(object way)
    {
        _surroundings.Environment["DOTNET_CONTAINER_REGISTRY_CHUNKED_UPLOAD_SIZE_BYTES"] = "1000000";
        if ((UploadWay)way == UploadWay.Pieces) _surroundings.Environment["DOTNET_CONTAINER_DEBUG_REGISTRY_FORCE_CHUNKED_UPLOAD"] = "1";
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);
        if ((UploadWay)way == UploadWay.Patch) client.Uploads.LearnPatch();
        var blob = new TestBlob(TestImage.Bytes(11, 2_500_000));
        var descriptor = new Descriptor(MediaTypes.OciLayer, Digest.Of(blob.Bytes), blob.Bytes.Length);
        var repository = client.Open(Repository($"ways{(int)(UploadWay)way}"), RegistryAccess.Push);

        await repository.UploadAsync(descriptor, blob, null, default);

        Assert.IsTrue(await repository.HasBlobAsync(descriptor, default));
    }

    [TestMethod]
    public async Task Begun_uploads_can_be_given_up()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);

        await client.Open(Repository("orders"), RegistryAccess.Push).CheckPushAsync(default);
    }

    [TestMethod]
    public async Task A_missing_layer_is_noticed_and_sent()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);
        // The layer says that it lies in the repository already, which is not so.
        var layer = new TestBlob(TestImage.Bytes(13, 5000), Repository("orders"));

        var delivery = await PushAsync(client, Repository("orders"), TestImage.Of(TestImage.Linux, ImageFormat.Oci, layer), "1.0");

        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent], delivery.Layers.ToArray());
    }

    [TestMethod]
    public async Task A_tag_can_be_read_while_it_is_written()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options with { Retry = new RetrySettings { First = TimeSpan.FromMilliseconds(30) } });
        var repository = client.Open(Repository("orders"), RegistryAccess.Push);
        await PushAsync(client, Repository("orders"), TestImage.Of(TestImage.Bytes(1, 10)), "1.0");
        var document = (await repository.GetManifestAsync(Tag.Parse("1.0"), default))!;

        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await repository.PutManifestAsync(Tag.Parse("1.0"), document.MediaType, document.Bytes, default);
        });
        for (var i = 0; i < 40; i++) Assert.AreEqual(document.Digest, (await repository.GetManifestAsync(Tag.Parse("1.0"), default))?.Digest);
        await writing;
    }

    [TestMethod]
    public async Task Skopeo_sees_the_image()
    {
        using var client = new RegistryClient(RealRegistry.Shared, _surroundings.Options);
        var tools = Environment.GetEnvironmentVariable("CSDK_TEST_TOOLS") ?? throw new AssertInconclusiveException("no tools: run eng/testbed up");
        var image = TestImage.Of(TestImage.Bytes(1, 10));
        await PushAsync(client, Repository("orders"), image, "1.0");

        var start = new ProcessStartInfo(Path.Combine(tools, "skopeo"))
        {
            ArgumentList = { "inspect", "--tls-verify=false", "--format", "{{.Digest}} {{.Os}}/{{.Architecture}}", $"docker://{client.Host}/{Repository("orders")}:1.0" },
            RedirectStandardOutput = true,
        };
        using var skopeo = Process.Start(start)!;
        var output = await skopeo.StandardOutput.ReadToEndAsync();
        await skopeo.WaitForExitAsync();

        Assert.AreEqual($"{image.Descriptor.Digest} linux/amd64", output.Trim());
    }

    [TestMethod]
    public async Task A_password_opens_the_registry()
    {
        await using var registry = await RealRegistry.StartAsync(WithPasswords);
        _surroundings.Environment["DOTNET_CONTAINER_REGISTRY_UNAME"] = "bob";
        _surroundings.Environment["DOTNET_CONTAINER_REGISTRY_PWORD"] = "s3cret-canary";
        using var client = new RegistryClient(registry.Host, _surroundings.Options with { OutputRegistry = registry.Host });

        var delivery = await PushAsync(client, Repository("orders"), TestImage.Of(TestImage.Bytes(1, 100_000)), "1.0");

        CollectionAssert.AreEqual((Transfer[])[Transfer.Sent], delivery.Layers.ToArray());
    }

    [TestMethod]
    [DataRow("bob", "wrong-canary")]
    [DataRow(null, null)]
    public async Task A_wrong_password_or_none_does_not(string? user, string? password)
    {
        await using var registry = await RealRegistry.StartAsync(WithPasswords);
        var surroundings = new Surroundings { Credential = user is null ? null : new Credential(user, password!, "test") };
        using var client = new RegistryClient(registry.Host, surroundings.Options);

        var e = await Expect.FailureAsync(Diagnostics.Unauthorized, () => new RegistryImageDestination(client, Repository("orders"), [Tag.Latest]).PrepareAsync(new SilentReporter(), default));

        Assert.DoesNotContain("canary", e.ToString());
    }

    [TestMethod]
    public async Task A_token_opens_the_registry_and_mounts()
    {
        await using var tokens = new RealTokenService("pull,push");
        await using var registry = await RealRegistry.StartAsync(tokens.Configure);
        var surroundings = new Surroundings { Credential = new Credential("bob", "s3cret", "test") };
        using var client = new RegistryClient(registry.Host, surroundings.Options with { TrustedTokenHosts = [tokens.Server.Address.Authority] });
        await PushAsync(client, Repository("library"), TestImage.Of(TestImage.Bytes(1, 100_000)), "1.0");

        var image = TestImage.Of(TestImage.Linux, ImageFormat.Oci, new TestBlob(TestImage.Bytes(1, 100_000), Repository("library")));
        var delivery = await PushAsync(client, Repository("orders"), image, "1.0");

        CollectionAssert.AreEqual((Transfer[])[Transfer.Mounted], delivery.Layers.ToArray());
        // One for the library, one for the app, one for both.
        Assert.HasCount(3, tokens.Server.Requests, string.Join('\n', tokens.Server.Requests.Select(r => r.Query)));
    }

    [TestMethod]
    public async Task A_token_that_only_reads_fails_before_anything_is_packed()
    {
        await using var tokens = new RealTokenService("pull");
        await using var registry = await RealRegistry.StartAsync(tokens.Configure);
        var surroundings = new Surroundings { Credential = new Credential("bob", "s3cret", "test") };
        using var client = new RegistryClient(registry.Host, surroundings.Options with { TrustedTokenHosts = [tokens.Server.Address.Authority] });

        await Expect.FailureAsync(Diagnostics.Forbidden, () => new RegistryImageDestination(client, Repository("orders"), [Tag.Latest]).PrepareAsync(new SilentReporter(), default));
    }
}
