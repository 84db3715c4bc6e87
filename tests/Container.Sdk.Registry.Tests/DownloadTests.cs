namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class DownloadTests : IAsyncDisposable
{
    private static readonly RepositoryName Orders = RepositoryName.Parse("orders");
    private static readonly byte[] Content = TestImage.Bytes(1, 500_000);
    private static readonly Descriptor Blob = new(MediaTypes.OciLayer, Digest.Of(Content), Content.Length);

    private readonly Surroundings _surroundings = new();
    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly RegistryClient _client;
    private readonly RegistryRepository _repository;

    public DownloadTests()
    {
        _client = new RegistryClient(_registry.Host, _surroundings.Options);
        _repository = _client.Open(Orders, RegistryAccess.Pull);
        _registry.Blobs[$"{Orders}/{Blob.Digest}"] = Content;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
    }

    private async Task<byte[]> ReadAsync(Descriptor? blob = null)
    {
        await using var stream = await _repository.OpenBlobAsync(blob ?? Blob, default);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private void BreakOff(int after, bool withLength = true, bool takesRanges = true, int times = 1) => _registry.Fault(FakeServer.Is("GET", "/blobs/"), async c =>
    {
        if (withLength) c.Response.ContentLength = Content.Length;
        if (takesRanges) c.Response.Headers.AcceptRanges = "bytes";
        await c.Response.Body.WriteAsync(Content.AsMemory(0, after));
        await c.Response.Body.FlushAsync();
        if (withLength) c.Abort();
    }, times);

    [TestMethod]
    public async Task A_blob_is_read_and_checked() => CollectionAssert.AreEqual(Content, await ReadAsync());

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Where_a_download_breaks_off_only_the_rest_is_fetched(bool withLength)
    {
        BreakOff(200_000, withLength);

        CollectionAssert.AreEqual(Content, await ReadAsync());

        StringAssert.StartsWith(_registry.Requests[^1].Headers["Range"], "bytes=");
        Assert.AreNotEqual("bytes=0-", _registry.Requests[^1].Headers["Range"]);
    }

    [TestMethod]
    public async Task Where_there_are_no_ranges_the_beginning_is_skipped()
    {
        BreakOff(200_000, takesRanges: false);
        _registry.Fault(r => r.Headers.Range.Count > 0, c => FakeServer.SayAsync(c, 400));

        CollectionAssert.AreEqual(Content, await ReadAsync());
    }

    [TestMethod]
    public async Task A_whole_answer_to_a_request_for_the_rest_is_understood()
    {
        BreakOff(200_000);
        _registry.Fault(r => r.Headers.Range.Count > 0, async c => await c.Response.Body.WriteAsync(Content));

        CollectionAssert.AreEqual(Content, await ReadAsync());
    }

    [TestMethod]
    public async Task A_rest_from_another_place_is_not_taken()
    {
        BreakOff(200_000);
        _registry.Fault(r => r.Headers.Range.Count > 0, async c =>
        {
            c.Response.StatusCode = 206;
            c.Response.Headers.ContentRange = $"bytes 5-{Content.Length - 1}/{Content.Length}";
            await c.Response.Body.WriteAsync(Content.AsMemory(5));
        });

        await Expect.FailureAsync(Diagnostics.Unreachable, () => ReadAsync());
    }

    [TestMethod]
    public async Task A_download_that_always_breaks_off_is_given_up()
    {
        BreakOff(10, withLength: false, takesRanges: false, times: int.MaxValue);

        await Expect.FailureAsync(Diagnostics.Unreachable, () => ReadAsync());

        Assert.AreEqual(5, _registry.Count("GET", "/blobs/"));
    }

    [TestMethod]
    public async Task A_flipped_bit_is_noticed()
    {
        var wrong = (byte[])Content.Clone();
        wrong[1000] ^= 1;
        _registry.Blobs[$"{Orders}/{Blob.Digest}"] = wrong;

        await Expect.FailureAsync(Diagnostics.DigestMismatch, () => ReadAsync());
    }

    [TestMethod]
    public async Task More_bytes_than_promised_are_noticed_without_reading_on()
    {
        _registry.Fault(FakeServer.Is("GET", "/blobs/"), Endless.AnswerAsync);

        await Expect.FailureAsync(Diagnostics.SizeMismatch, () => ReadAsync());
    }

    [TestMethod]
    public async Task A_blob_that_is_gone_is_an_error() =>
        await Expect.FailureAsync(Diagnostics.RegistryError, () => ReadAsync(Blob with { Digest = Digest.Of([1]) }));

    [TestMethod]
    [DataRow("/manifests/")]
    [DataRow("/tags/")]
    public async Task Endless_documents_are_not_read_to_their_end(string path)
    {
        _registry.Fault(FakeServer.Is("GET", path), Endless.AnswerAsync);

        await Expect.FailureAsync(Diagnostics.TooLarge, () => path == "/tags/" ? _repository.ListTagsAsync(default) : _repository.GetManifestAsync(Tag.Latest, default));
    }

    [TestMethod]
    public async Task An_endless_error_is_an_error()
    {
        _registry.Fault(FakeServer.Is("GET", "/manifests/"), c =>
        {
            c.Response.StatusCode = 400;
            return Endless.AnswerAsync(c);
        });

        await Expect.FailureAsync(Diagnostics.RegistryError, () => _repository.GetManifestAsync(Tag.Latest, default));
    }

    [TestMethod]
    public async Task A_document_that_says_it_is_huge_is_not_begun()
    {
        _registry.Fault(FakeServer.Is("GET", "/manifests/"), c =>
        {
            c.Response.ContentLength = long.MaxValue / 2;
            return c.Response.StartAsync();
        });

        await Expect.FailureAsync(Diagnostics.TooLarge, () => _repository.GetManifestAsync(Tag.Latest, default));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(0L)]
    [DataRow(500_000L)]
    public async Task A_blob_is_there_also_where_HEAD_says_no_length(long? length)
    {
        _registry.Fault(FakeServer.Is("HEAD", "/blobs/"), c =>
        {
            c.Response.ContentLength = length;
            return Task.CompletedTask;
        });

        Assert.IsTrue(await _repository.HasBlobAsync(Blob, default));
    }

    [TestMethod]
    public async Task A_blob_of_another_length_is_not_there()
    {
        _registry.Fault(FakeServer.Is("HEAD", "/blobs/"), c =>
        {
            c.Response.ContentLength = 7;
            return Task.CompletedTask;
        });

        Assert.IsFalse(await _repository.HasBlobAsync(Blob, default));
    }
}
