namespace Container.Sdk.Libraries.Tests;

[TestClass]
public sealed class LibraryCycleTests
{
    private static readonly LibrarySources Sources = new([LibrarySource.Parse("*", "registry.example.com", "libs/{id}", "/work")]);
    private readonly MemoryFeed _feed = new(Sources);

    [TestMethod]
    public async Task A_library_that_needs_itself_is_refused()
    {
        _feed.Has("A 1.0.0", "A 1.0.0");
        Assert.AreEqual("A 1.0.0 → A 1.0.0", await CycleAsync("A 1.0.0"));
    }

    [TestMethod]
    public async Task A_library_that_needs_another_version_of_itself_is_refused()
    {
        _feed.Has("A 1.0.0", "A [0.9.0]").Has("A 0.9.0");
        Assert.AreEqual("A 1.0.0 → A 0.9.0", await CycleAsync("A 1.0.0"));
    }

    [TestMethod]
    public async Task A_circle_through_others_is_refused_with_the_whole_way()
    {
        _feed.Has("App 1.0.0", "A 1.0.0").Has("A 1.0.0", "B 1.0.0").Has("B 1.0.0", "A 1.1.0").Has("A 1.1.0");
        Assert.AreEqual("A 1.0.0 → B 1.0.0 → A 1.1.0", await CycleAsync("App 1.0.0"));
    }

    // All of them are known before the last link is: nothing new is fetched that could be looked at.
    [TestMethod]
    public async Task A_circle_of_libraries_that_were_met_on_other_ways_is_found()
    {
        _feed.Has("A 1.0.0", "B 1.0.0").Has("B 1.0.0", "C 1.0.0").Has("C 1.0.0", "A 1.0.0");
        Assert.AreEqual("A 1.0.0 → B 1.0.0 → C 1.0.0 → A 1.0.0", await CycleAsync("A 1.0.0", "B 1.0.0", "C 1.0.0"));
    }

    [TestMethod]
    public async Task A_circle_is_found_whichever_of_its_links_is_seen_last()
    {
        _feed.Has("A 1.0.0", "C 1.0.0").Has("C 1.0.0", "B 1.0.0").Has("B 1.0.0", "A 1.0.0");
        Assert.AreEqual("B 1.0.0 → A 1.0.0 → C 1.0.0 → B 1.0.0", await CycleAsync("A 1.0.0", "B 1.0.0", "C 1.0.0"));
    }

    [TestMethod]
    public async Task A_circle_that_never_comes_back_to_the_same_version_ends()
    {
        for (var i = 0; i < 1000; i++) _feed.Has($"A 1.{i}.0", $"B 1.{i}.0").Has($"B 1.{i}.0", $"A 1.{i + 1}.0");
        Assert.AreEqual("A 1.0.0 → B 1.0.0 → A 1.1.0", await CycleAsync("A 1.0.0"));
        Assert.IsLessThan(10, _feed.Fetches.Count);
    }

    [TestMethod]
    public async Task A_dependency_that_was_turned_round_in_a_later_version_is_no_circle()
    {
        _feed.Has("A 1.0.0", "B 1.0.0").Has("B 1.0.0").Has("B 2.0.0", "A 2.0.0").Has("A 2.0.0");
        var resolution = await new LibraryResolver(Sources, _feed, _ => null).ResolveAsync([Ask.For("A 1.0.0"), Ask.For("B 2.0.0")], default);
        Assert.HasCount(4, resolution.Libraries);
    }

    private async Task<string> CycleAsync(params string[] requests)
    {
        var error = await Expect.FailureAsync(Diagnostics.LibraryCycle, () => new LibraryResolver(Sources, _feed, _ => null).ResolveAsync([.. requests.Select(Ask.For)], default));
        return error.Message.Split(": ")[1].Split(". Publish")[0];
    }
}
