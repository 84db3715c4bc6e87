using NuGet.Configuration;
using NuGet.Protocol.Plugins;

namespace Container.Sdk.Sources.Tests;

/// <summary>A credential provider that runs, over NuGet's own protocol.</summary>
[TestClass]
public sealed class CredentialProvidersTests : IDisposable
{
    private static readonly Lazy<CredentialProvider> Shared = new(() => new CredentialProvider("alice", "s3cret"));

    private readonly TestFolder _folder = new();
    private readonly RecordingReporter _reporter = new();

    [ClassCleanup]
    public static void Clean()
    {
        if (Shared.IsValueCreated) Shared.Value.Dispose();
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task It_gives_credentials_for_the_addresses_that_it_knows()
    {
        using var providers = Providers(Shared.Value.File);
        var found = await AskAsync(providers, "http://127.0.0.1:1/v3/index.json");
        Assert.AreEqual(("alice", "s3cret"), (found!.User, found.Password));
        Assert.IsNull(await AskAsync(providers, "https://other.example/v3/index.json"));
        Assert.DoesNotContain("s3cret", _reporter.Text);
    }

    [TestMethod]
    public async Task One_that_is_none_is_told_of_and_the_next_is_asked()
    {
        File.WriteAllText(_folder["broken.dll"], "");
        using var providers = Providers(_folder["missing.dll"], _folder["broken.dll"], Shared.Value.File);
        Assert.AreEqual("s3cret", (await AskAsync(providers, "http://127.0.0.1:1/"))!.Password);
        StringAssert.Contains(_reporter.Text, "missing.dll");
        StringAssert.Contains(_reporter.Text, "broken.dll");
    }

    [TestMethod]
    public async Task Without_any_there_are_no_credentials()
    {
        using var providers = Providers();
        Assert.IsNull(await AskAsync(providers, "http://127.0.0.1:1/"));
    }

    private CredentialProviders Providers(params string[] files) => new(new Found(files), _folder["cache"], _reporter);

    private static Task<FeedCredential?> AskAsync(CredentialProviders providers, string address) => providers.AskAsync(new PackageSource(address, "own"), default);

    private sealed class Found(string[] files) : IPluginDiscoverer
    {
        public Task<IEnumerable<PluginDiscoveryResult>> DiscoverAsync(CancellationToken cancellationToken) => Task.FromResult(
            files.Select(f => new PluginDiscoveryResult(new PluginFile(f, new Lazy<PluginFileState>(File.Exists(f) ? PluginFileState.Valid : PluginFileState.NotFound)))));

        public void Dispose()
        {
        }
    }
}
