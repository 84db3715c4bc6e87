namespace Container.Sdk.Registry.Tests;

[TestClass]
public sealed class TagListTests : IAsyncDisposable
{
    private readonly FakeRegistry _registry = FakeRegistry.Start();
    private readonly RegistryClient _client;
    private readonly RegistryRepository _repository;

    public TagListTests()
    {
        _client = new RegistryClient(_registry.Host, new Surroundings().Options);
        _repository = _client.Open(RepositoryName.Parse("libs/pricing"), RegistryAccess.Pull);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
    }

    private void Page(string query, string tags, string? next) => _registry.Fault(
        r => r.Path.Value!.EndsWith("/tags/list", StringComparison.Ordinal) && r.QueryString.Value == query,
        c =>
        {
            if (next is not null) c.Response.Headers.Link = $"<{next}>; rel=\"next\"";
            return FakeServer.SayAsync(c, 200, $$"""{"name":"libs/pricing","tags":{{tags}}}""");
        });

    private async Task<string> ListAsync() => string.Join(' ', (await _repository.ListTagsAsync(default)).Select(t => t.Value));

    [TestMethod]
    public async Task All_pages_are_read()
    {
        Page("?n=1000", """["1.0","2.0"]""", "/v2/libs/pricing/tags/list?last=2.0&n=1000");
        Page("?last=2.0&n=1000", """["0.5"]""", null);

        Assert.AreEqual("1.0 2.0 0.5", await ListAsync());
    }

    [TestMethod]
    public async Task What_is_no_tag_is_left_out()
    {
        Page("?n=1000", """["1.0","../x","a+b","",7,null]""", null);

        Assert.AreEqual("1.0", await ListAsync());
    }

    [TestMethod]
    public async Task A_list_of_null_is_empty()
    {
        Page("?n=1000", "null", null);

        Assert.AreEqual("", await ListAsync());
    }

    [TestMethod]
    public async Task A_repository_that_is_not_there_has_no_tags()
    {
        _registry.Fault("GET", "/tags/", 404);

        Assert.AreEqual("", await ListAsync());
    }

    [TestMethod]
    public async Task A_list_that_leads_back_to_itself_is_an_error()
    {
        Page("?n=1000", """["1.0"]""", "/v2/libs/pricing/tags/list?last=x");
        Page("?last=x", """["2.0"]""", "/v2/libs/pricing/tags/list?n=1000");

        await Expect.FailureAsync(Diagnostics.RegistryError, ListAsync);

        Assert.AreEqual(2, _registry.Count("GET", "/tags/"));
    }

    [TestMethod]
    public async Task A_list_without_end_is_an_error()
    {
        var page = 0;
        _registry.Fault(FakeServer.Is("GET", "/tags/"), c =>
        {
            c.Response.Headers.Link = $"</v2/libs/pricing/tags/list?last={page++}>; rel=\"next\"";
            return FakeServer.SayAsync(c, 200, """{"tags":["1.0"]}""");
        });

        await Expect.FailureAsync(Diagnostics.RegistryError, ListAsync);

        Assert.AreEqual(1000, page);
    }

    [TestMethod]
    public async Task A_list_that_goes_on_elsewhere_is_not_followed()
    {
        await using var other = FakeServer.Start(c => FakeServer.SayAsync(c, 200, """{"tags":["9.9"]}"""));
        Page("?n=1000", """["1.0"]""", $"{other.Address}v2/libs/pricing/tags/list?last=1.0");

        await Expect.FailureAsync(Diagnostics.RedirectRefused, ListAsync);

        Assert.IsEmpty(other.Requests);
    }

    [TestMethod]
    [DataRow("no json")]
    [DataRow("""{"tags":"1.0"}""")]
    public async Task What_is_no_list_is_an_error(string answer)
    {
        _registry.Fault("GET", "/tags/", 200, answer);

        await Expect.FailureAsync(Diagnostics.RegistryError, ListAsync);
    }
}
