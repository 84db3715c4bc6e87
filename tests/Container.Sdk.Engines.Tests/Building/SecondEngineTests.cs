using System.Text;

namespace Container.Sdk.Engines.Tests.Building;

/// <summary>Builds on another machine, by its address, by a context and by a builder.</summary>
[TestClass]
public sealed class SecondEngineTests : IDisposable
{
    private readonly BuildSandbox _sandbox = new();
    private SecondEngine _second = null!;
    private string _shell = "";

    [TestInitialize]
    public async Task A_second_engine_is_needed()
    {
        _second = new SecondEngine();
        _shell = await BuildSandbox.ShellAsync();
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _second?.Dispose();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_build_goes_to_the_engine_of_a_host_or_a_context(bool byHost)
    {
        await _second.AddContextAsync("faraway");
        var options = _second.For(_sandbox.Options()) with { Context = byHost ? _second.Host : "faraway" };
        await using (var built = await _sandbox.RunAsync(Unique(), options))
        {
            Assert.IsTrue(built.IsInEngine);
            Assert.Contains("container-sdk-build/", await _second.ImagesAsync());
            await IsRightAsync(built);
        }
        Assert.DoesNotContain("container-sdk-build/", await _second.ImagesAsync());
    }

    [TestMethod]
    public async Task An_engine_says_whether_it_is_on_another_machine()
    {
        await _second.AddContextAsync("faraway");
        Assert.IsFalse(await IsRemoteAsync(null));
        Assert.IsTrue(await IsRemoteAsync(_second.Host));
        Assert.IsTrue(await IsRemoteAsync("faraway"));

        async Task<bool> IsRemoteAsync(string? context) =>
            await (await ContainerEngine.FindAsync(_second.For(_sandbox.Options()) with { Context = context }, CancellationToken.None)).IsRemoteAsync(CancellationToken.None);
    }

    [TestMethod]
    public async Task A_context_that_is_not_there_is_the_reason_why_no_engine_answers()
    {
        var options = _second.For(_sandbox.Options()) with { Context = "nowhere" };
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => ImageBuilder.FindAsync(options, CancellationToken.None));
        Assert.AreEqual(Diagnostics.NoEngine, e.Diagnostic);
        Assert.Contains("nowhere", e.Message);
    }

    [TestMethod]
    public async Task Images_are_loaded_into_and_read_from_the_other_engine_too()
    {
        var options = _sandbox.Options() with { Context = _second.Host };
        var repository = RepositoryName.Parse($"csdk-test/{Guid.NewGuid():n}");
        await new EngineImageDestination(options, repository, SampleImage.Tags).DeliverAsync(SampleImage.Create(seed: repository.Value), new SilentReporter(), CancellationToken.None);
        Assert.Contains($"{repository}:1.0", await _second.ImagesAsync());
        using var source = new EngineImageSource(new DaemonReference($"{repository}:1.0"), options);
        Assert.HasCount(2, (await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None)).Layers);
        await RealTool.RunAsync("docker", "--host", _second.Host, "rmi", $"{repository}:1.0", $"{repository}:latest");
    }

    [TestMethod]
    public async Task A_builder_that_is_another_context_builds_there_and_its_image_is_read_from_there()
    {
        await _second.AddContextAsync("faraway");
        await using (var built = await _sandbox.RunAsync(Unique() with { Builder = "faraway" }, _second.For(_sandbox.Options())))
        {
            Assert.IsFalse(built.IsInEngine);
            await IsRightAsync(built);
        }
        Assert.DoesNotContain("container-sdk-build/", await _second.ImagesAsync());
    }

    [TestMethod]
    public async Task A_builder_of_its_own_gives_an_archive()
    {
        using var bridge = new BuildKitBridge(new Uri(_second.Host));
        await _second.AddBuilderAsync("bridge", bridge.Address);
        await using (var built = await _sandbox.RunAsync(Unique() with { Builder = "bridge" }, _second.For(_sandbox.Options())))
        {
            Assert.IsFalse(built.IsInEngine);
            await IsRightAsync(built);
        }
        Assert.IsEmpty(_sandbox.Leftovers);
    }

    [TestMethod]
    public async Task A_builder_that_is_not_there_is_named()
    {
        var e = await _sandbox.FailsAsync(_sandbox.Build("FROM scratch\n") with { Builder = "nobody" }, _second.For(_sandbox.Options()));
        Assert.AreEqual(Diagnostics.BuilderNotFound, e.Diagnostic);
        Assert.StartsWith("ContainerBuildxBuilder is 'nobody', and docker cannot use it: no builder \"nobody\" found.", e.Message);
    }

    [TestMethod]
    public async Task What_one_machine_built_another_finds_in_the_cache_of_the_registry()
    {
        var cache = $"type=registry,ref={BuildSandbox.Registry}/csdk-test/{Guid.NewGuid():n}:cache";
        var build = Unique();
        await using (await _sandbox.RunAsync(build with { CacheFrom = [cache], CacheTo = [$"{cache},mode=max"] }, _sandbox.Options() with { Context = _second.Host }))
            Assert.IsEmpty(_sandbox.Reporter.Warnings);
        var before = _sandbox.Reporter.Details.Count;
        await using (await _sandbox.RunAsync(build with { CacheFrom = [cache] }))
            Assert.IsTrue(_sandbox.Reporter.Details.Skip(before).Any(l => l.EndsWith(" CACHED", StringComparison.Ordinal)), _sandbox.Reporter.Text);
    }

    [TestMethod]
    public async Task A_cache_that_cannot_be_written_is_an_error_and_one_that_cannot_be_read_a_warning()
    {
        using var registry = RegistryProcess.Start();
        var cache = $"type=registry,ref={registry.Host}/cache:1";
        var e = await _sandbox.FailsAsync(Unique() with { CacheTo = [cache] }, _sandbox.Options() with { Context = _second.Host });
        Assert.AreEqual(Diagnostics.BuildCacheFailed, e.Diagnostic, e.Message);
        await using (await _sandbox.RunAsync(Unique() with { CacheFrom = [cache] }, _sandbox.Options() with { Context = _second.Host })) { }
        Assert.AreEqual(Diagnostics.BuildCacheFailed.Code, _sandbox.Reporter.Warnings.Single());
    }

    [TestMethod]
    public async Task Credentials_that_the_user_has_not_saved_reach_the_engine_beside_his_own_configuration()
    {
        using var registry = RegistryProcess.Start();
        await File.WriteAllTextAsync(Path.Combine(_second.Configuration, "config.json"), """{"auths": {"other.example": {"auth": "YTpi"}}}""");
        await _second.AddContextAsync("faraway");
        await RealTool.RunAsync("skopeo", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", "--dest-creds", $"{RegistryProcess.User}:{RegistryProcess.Password}", $"docker://{_shell}", $"docker://{registry.Host}/shell:1");

        var build = _sandbox.Build($"FROM {registry.Host}/shell:1\nRUN echo {Guid.NewGuid()}\n");
        var options = _second.For(_sandbox.Options()) with { Context = "faraway" };
        var e = await _sandbox.FailsAsync(build, options);
        Assert.AreEqual(Diagnostics.BuildImageNotFound, e.Diagnostic, e.Message);

        build = build with { Logins = [new RegistryLogin(registry.Host, RegistryProcess.User, RegistryProcess.Password)] };
        await using (await _sandbox.RunAsync(build, options)) { }
        // His builders are known too.
        using var bridge = new BuildKitBridge(new Uri(_second.Host));
        await _second.AddBuilderAsync("bridge", bridge.Address);
        await using (await _sandbox.RunAsync(build with { Builder = "bridge" }, options)) { }
        Assert.IsEmpty(_sandbox.Leftovers);
        Assert.DoesNotContain(RegistryProcess.Password, _sandbox.Reporter.Text);
    }

    private EngineBuild Unique() => _sandbox.Add("hello.txt", "hello").Build($"""
        FROM {_shell} AS build
        RUN echo {Guid.NewGuid()} > /once
        FROM scratch
        COPY --link hello.txt /app/
        COPY --link --from=build /once /app/
        """);

    private static async Task IsRightAsync(BuiltImage built)
    {
        using var source = await built.OpenAsync(CancellationToken.None);
        var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
        Assert.HasCount(2, image.Layers);
        Assert.Contains("\"created\":\"1980-01-01T00:00:00Z\"", Encoding.UTF8.GetString(image.ConfigurationBytes));
        foreach (var layer in image.Layers) await SampleImage.ReadAsync(layer);
    }
}
