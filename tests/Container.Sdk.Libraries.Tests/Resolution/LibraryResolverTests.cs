using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LibraryResolverTests
{
    private static readonly LibrarySources Sources = new([LibrarySource.Parse("Acme.*", "registry.example.com", "libs/{id}", "/work")]);
    private readonly MemoryFeed _feed = new(Sources);

    [TestMethod]
    public async Task A_library_brings_what_it_depends_on()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.B [1.0.0, 2.0.0)").Has("Acme.B 1.1.0").Has("Acme.B 1.2.0");
        Assert.AreEqual("Acme.A [1.0.0, ) = 1.0.0; Acme.B [1.0.0, 2.0.0) = 1.1.0", await ResolveAsync("Acme.A 1.0.0"));
    }

    [TestMethod]
    public async Task Both_sides_of_a_diamond_get_their_own_version_so_that_NuGet_can_choose()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.D 1.0.0").Has("Acme.B 1.0.0", "Acme.D [1.5.0, )").Has("Acme.D 1.0.0").Has("Acme.D 1.5.0", "Acme.E 1.0.0").Has("Acme.E 1.0.0");
        Assert.AreEqual(
            "Acme.A [1.0.0, ) = 1.0.0; Acme.B [1.0.0, ) = 1.0.0; Acme.D [1.0.0, ) = 1.0.0; Acme.D [1.5.0, ) = 1.5.0; Acme.E [1.0.0, ) = 1.0.0",
            await ResolveAsync("Acme.B 1.0.0", "Acme.A 1.0.0"));
    }

    [TestMethod]
    public async Task A_chain_may_be_deep()
    {
        const int Depth = 400;
        for (var i = 0; i < Depth; i++) _feed.Has($"Acme.L{i} 1.0.0", i + 1 < Depth ? [$"Acme.L{i + 1} 1.0.0"] : []);
        var resolution = await new LibraryResolver(Sources, _feed, _ => null).ResolveAsync([Ask.For("Acme.L0 1.0.0")], default);
        Assert.HasCount(Depth, resolution.Libraries);
    }

    [TestMethod]
    public async Task What_no_source_covers_is_not_looked_for()
    {
        _feed.Has("Acme.A 1.0.0", "Newtonsoft.Json 13.0.1", "Serilog");
        var resolution = await new LibraryResolver(Sources, _feed, _ => null).ResolveAsync([Ask.For("Acme.A 1.0.0"), Ask.For("Polly 8.0.0")], default);
        Assert.AreEqual("Acme.A 1.0.0", string.Join(", ", _feed.Fetches));
        Assert.AreEqual("Newtonsoft.Json, Serilog", string.Join(", ", resolution.Others));
    }

    [TestMethod]
    public async Task Tags_are_not_listed_where_the_minimum_is_there()
    {
        _feed.Has("Acme.A 1.0.0").Has("Acme.A 1.1.0");
        await ResolveAsync("Acme.A 1.0.0", "Acme.A [1.1.0, 2.0.0)", "Acme.A [1.0.0]");
        Assert.IsEmpty(_feed.Lists);
    }

    [TestMethod]
    public async Task Tags_are_listed_once_for_all_ranges_of_a_package()
    {
        _feed.Has("Acme.A 1.5.0").Has("Acme.A 2.5.0", "Acme.A2 1.0.0").Has("Acme.A2 1.0.0");
        await ResolveAsync("Acme.A 1.0.0", "Acme.A 2.*", "acme.a (1.0.0, )", "Acme.A [2.0.0, 3.0.0)");
        Assert.AreEqual("acme.a", string.Join(", ", _feed.Lists));
    }

    [TestMethod]
    public async Task A_version_that_two_ranges_lead_to_is_fetched_once()
    {
        _feed.Has("Acme.A 1.5.0");
        await ResolveAsync("Acme.A 1.*", "Acme.A *", "Acme.A [1.5.0]");
        Assert.AreEqual("Acme.A 1.5.0", string.Join(", ", _feed.Fetches));
    }

    [TestMethod]
    public async Task Requests_that_differ_only_in_writing_are_one()
    {
        _feed.Has("Acme.A 1.2.0-beta");
        Assert.AreEqual("Acme.A [1.2.0-beta, 2.0.0) = 1.2.0-beta", await ResolveAsync("Acme.A [1.2-beta,2)", "acme.a [1.2.0-BETA, 2.0.0)", "ACME.A [1.2.0-beta,2.0)"));
    }

    [TestMethod]
    public async Task A_floating_range_is_another_request_than_its_minimum()
    {
        _feed.Has("Acme.A 1.0.0").Has("Acme.A 1.4.0");
        Assert.AreEqual("Acme.A [1.*, ) = 1.4.0; Acme.A [1.0.0, ) = 1.0.0", await ResolveAsync("Acme.A 1.*", "Acme.A 1.0.0"));
    }

    [TestMethod]
    public async Task A_pinned_version_is_taken_without_looking_at_the_tags()
    {
        _feed.Has("Acme.A 1.0.0").Has("Acme.A 1.3.0").Has("Acme.A 1.4.0");
        Assert.AreEqual("Acme.A [1.*, ) = 1.3.0", await ResolveAsync(_ => NuGetVersion.Parse("1.3.0"), "Acme.A 1.*"));
        Assert.IsEmpty(_feed.Lists);
    }

    [TestMethod]
    public async Task A_dependency_can_be_pinned_too()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.B 1.0.0").Has("Acme.B 1.0.0").Has("Acme.B 1.3.0");
        Assert.AreEqual("Acme.A [1.0.0, ) = 1.0.0; Acme.B [1.0.0, ) = 1.3.0", await ResolveAsync(r => r.Id.Value == "Acme.B" ? NuGetVersion.Parse("1.3.0") : null, "Acme.A 1.0.0"));
    }

    [TestMethod]
    public async Task A_pinned_version_that_is_gone_is_not_replaced_by_another()
    {
        _feed.Has("Acme.A 1.0.0");
        var error = await Expect.FailureAsync(Diagnostics.NoVersionInRange, () => ResolveAsync(_ => NuGetVersion.Parse("1.3.0"), "Acme.A 1.*"));
        StringAssert.Contains(error.Message, "Acme.A 1.* (pinned to 1.3.0)");
    }

    [TestMethod]
    public async Task A_repository_without_versions_has_no_library()
    {
        var error = await Expect.FailureAsync(Diagnostics.LibraryNotFound, () => ResolveAsync("Acme.Nothing 1.0.0"));
        StringAssert.Contains(error.Message, "Acme.Nothing has no library image: registry.example.com/libs/acme.nothing");
    }

    [TestMethod]
    public async Task A_range_without_a_version_is_named_as_it_was_written_with_what_there_is()
    {
        _feed.Has("Acme.A 1.0.0").Has("Acme.A 1.10.0").Has("Acme.A 1.9.0");
        var error = await Expect.FailureAsync(Diagnostics.NoVersionInRange, () => ResolveAsync("Acme.A [2.0,3)"));
        StringAssert.Contains(error.Message, "Acme.A [2.0,3) is asked for, and registry.example.com/libs/acme.a has no such version; it has 1.0.0, 1.9.0, 1.10.0.");
    }

    [TestMethod]
    public async Task A_dependency_without_a_version_is_an_error()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.B [1.5.0]").Has("Acme.B 2.0.0");
        var message = (await Expect.FailureAsync(Diagnostics.NoVersionInRange, () => ResolveAsync("Acme.A 1.0.0"))).Message;
        StringAssert.Contains(message, "Acme.B [1.5.0]");
        StringAssert.EndsWith(message, "Acme.A 1.0.0 depends on it.");
    }

    [TestMethod]
    public async Task A_dependency_without_a_version_is_none_where_the_project_refers_to_the_package_itself()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.B [1.5.0]").Has("Acme.B 2.0.0");
        Assert.AreEqual("Acme.A [1.0.0, ) = 1.0.0; Acme.B [2.0.0, ) = 2.0.0", await ResolveAsync("Acme.A 1.0.0", "Acme.B 2.0.0"));
    }

    [TestMethod]
    public async Task What_only_a_version_needs_that_cannot_win_may_be_missing()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.B 1.5.0").Has("Acme.B 1.6.0", "Acme.C [9.0.0]").Has("Acme.B 2.0.0");
        Assert.AreEqual("Acme.A [1.0.0, ) = 1.0.0; Acme.B [1.5.0, ) = 1.6.0; Acme.B [2.0.0, ) = 2.0.0", await ResolveAsync("Acme.A 1.0.0", "Acme.B 2.0.0"));
    }

    [TestMethod]
    public async Task What_is_covered_and_missing_is_none_of_the_others()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.B 1.5.0").Has("Acme.B 1.6.0", "Acme.C [9.0.0]", "Serilog 4.0.0").Has("Acme.B 2.0.0");
        var resolution = await new LibraryResolver(Sources, _feed, _ => null).ResolveAsync([Ask.For("Acme.A 1.0.0"), Ask.For("Acme.B 2.0.0")], default);
        Assert.AreEqual("Serilog", string.Join(", ", resolution.Others));
    }

    [TestMethod]
    public async Task What_another_way_needs_too_may_not_be_missing()
    {
        _feed.Has("Acme.A 1.0.0", "Acme.B 1.5.0", "Acme.D 1.0.0").Has("Acme.B 1.6.0", "Acme.C [9.0.0]").Has("Acme.B 2.0.0").Has("Acme.D 1.0.0", "Acme.C [9.0.0]");
        await Expect.FailureAsync(Diagnostics.LibraryNotFound, () => ResolveAsync("Acme.A 1.0.0", "Acme.B 2.0.0"));
    }

    [TestMethod]
    public async Task Of_thousands_of_versions_the_right_one_is_found_and_the_nearest_ten_are_named()
    {
        for (var minor = 0; minor < 3000; minor++) _feed.Has($"Acme.A 1.{minor}.1");
        Assert.AreEqual("Acme.A [1.1500.0, ) = 1.1500.1", await ResolveAsync("Acme.A 1.1500.0"));
        var error = await Expect.FailureAsync(Diagnostics.NoVersionInRange, () => ResolveAsync("Acme.A [1.1500.0]"));
        StringAssert.Contains(error.Message, "it has 1.1495.1, 1.1496.1, 1.1497.1, 1.1498.1, 1.1499.1, 1.1500.1, 1.1501.1, 1.1502.1, 1.1503.1, 1.1504.1, … 3000 in all.");
    }

    [TestMethod]
    public async Task Above_all_versions_the_highest_are_the_nearest()
    {
        for (var minor = 0; minor < 12; minor++) _feed.Has($"Acme.A 1.{minor}.0");
        var error = await Expect.FailureAsync(Diagnostics.NoVersionInRange, () => ResolveAsync("Acme.A 2.0.0"));
        StringAssert.Contains(error.Message, "it has 1.2.0, 1.3.0, 1.4.0, 1.5.0, 1.6.0, 1.7.0, 1.8.0, 1.9.0, 1.10.0, 1.11.0, … 12 in all.");
    }

    [TestMethod]
    public async Task The_failure_that_is_reported_does_not_depend_on_who_answers_first()
    {
        var delays = new Random(1);
        var feed = new MemoryFeed(Sources) { BeforeFetch = () => Task.Delay(delays.Next(5)) };
        for (var i = 0; i < 5; i++)
        {
            var error = await Expect.FailureAsync(Diagnostics.LibraryNotFound, () =>
                new LibraryResolver(Sources, feed, _ => null).ResolveAsync([Ask.For("Acme.C 1.0.0"), Ask.For("Acme.A 1.0.0"), Ask.For("Acme.B 1.0.0")], default));
            StringAssert.StartsWith(error.Message, "Acme.A ");
        }
    }

    [TestMethod]
    public async Task The_libraries_of_a_level_are_fetched_at_the_same_time()
    {
        var both = new TaskCompletionSource();
        var started = 0;
        var feed = new MemoryFeed(Sources)
        {
            BeforeFetch = () =>
            {
                if (Interlocked.Increment(ref started) == 2) both.SetResult();
                return both.Task.WaitAsync(TimeSpan.FromSeconds(30));
            },
        }.Has("Acme.A 1.0.0").Has("Acme.B 1.0.0");
        var resolution = await new LibraryResolver(Sources, feed, _ => null).ResolveAsync([Ask.For("Acme.A 1.0.0"), Ask.For("Acme.B 1.0.0")], default);
        Assert.HasCount(2, resolution.Libraries);
    }

    [TestMethod]
    public async Task Two_packages_do_not_share_a_repository()
    {
        var sources = new LibrarySources([LibrarySource.Parse("Acme.A", "registry.example.com", "libs/a", "/work"), LibrarySource.Parse("Acme.B", "registry.example.com", "libs/a", "/work")]);
        var feed = new MemoryFeed(sources).Has("Acme.A 1.0.0").Has("Acme.B 1.0.0");
        var error = await Expect.FailureAsync(Diagnostics.InvalidLibrarySource, () =>
            new LibraryResolver(sources, feed, _ => null).ResolveAsync([Ask.For("Acme.A 1.0.0"), Ask.For("Acme.B 1.0.0")], default));
        StringAssert.Contains(error.Message, "registry.example.com/libs/a is the repository of Acme.A too");
    }

    [TestMethod]
    public async Task The_version_of_a_range_is_found_however_it_is_written()
    {
        _feed.Has("Acme.A 1.4.0");
        var resolution = await new LibraryResolver(Sources, _feed, _ => null).ResolveAsync([Ask.For("Acme.A [1.2,2.0)")], default);
        Assert.AreEqual(NuGetVersion.Parse("1.4.0"), resolution.Libraries.Single(l => l.Request.Equals(Ask.For("acme.a [1.2.0, 2.0.0)"))).Resolved.Version);
    }

    private Task<string> ResolveAsync(params string[] requests) => ResolveAsync(_ => null, requests);

    private async Task<string> ResolveAsync(Func<LibraryRequest, NuGetVersion?> pinned, params string[] requests)
    {
        var resolution = await new LibraryResolver(Sources, _feed, pinned).ResolveAsync([.. requests.Select(Ask.For)], default);
        return string.Join("; ", resolution.Libraries.Select(l => $"{l.Request} = {l.Resolved.Version.ToNormalizedString()}"));
    }
}
