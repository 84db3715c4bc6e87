namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class PackageFeedsTests : IDisposable
{
    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public void A_folder_of_the_repository_by_a_relative_path_comes_with_the_sources()
    {
        var feeds = Restore([_app.Feed("repo/feeds/own")], Config("repo/NuGet.config", "feeds/own"));
        Expect.Sequence(feeds.InnerFolders, _app["repo/feeds/own"]);
        Assert.IsEmpty(feeds.OuterFolders());
    }

    [TestMethod]
    public void A_folder_of_the_repository_by_its_path_on_this_machine_is_given_to_the_container_there()
    {
        var folder = _app.Feed("repo/feeds/own");
        var feeds = Restore([folder], Config("repo/NuGet.config", folder));
        Assert.IsEmpty(feeds.InnerFolders);
        Assert.AreEqual(new Planning.FolderFeed("feed-own", folder, folder), feeds.OuterFolders().Single());
    }

    [TestMethod]
    [DataRow("repo/NuGet.config", "../elsewhere", "/elsewhere")]
    [DataRow("repo/src/NuGet.config", "../../elsewhere/./", "/elsewhere")]
    [DataRow("repo/src/App/NuGet.config", @"../../../elsewhere", "/elsewhere")]
    public void A_folder_elsewhere_that_the_repository_names_is_where_the_container_looks_for_it(string config, string written, string target)
    {
        var folder = _app.Feed("elsewhere");
        Assert.AreEqual(new Planning.FolderFeed("feed-own", folder, target), Restore([folder], Config(config, written)).OuterFolders().Single());
    }

    [TestMethod]
    public void A_folder_of_the_user_s_configuration_has_a_place_by_its_name()
    {
        var folder = _app.Feed("home/feeds");
        var feeds = Restore([folder], _app.Config("home/NuGet.Config", """<packageSources><add key="My Feed" value="feeds" protocolVersion="3" future="kept" /></packageSources>"""));
        Assert.AreEqual(new Planning.FolderFeed("feed-my-feed", folder, "/feeds/my-feed"), feeds.OuterFolders().Single());
        Expect.Sequence(feeds.OuterSources.Select(s => s.ToString()), """<add key="My Feed" value="/feeds/my-feed" protocolVersion="3" future="kept" />""");
    }

    [TestMethod]
    public void An_address_of_the_user_s_configuration_stays()
    {
        var feeds = Restore(["https://feeds.example/"], _app.Config("home/NuGet.Config", """<packageSources><add key="own" value="https://feeds.example/" /></packageSources>"""));
        Expect.Sequence(feeds.OuterSources.Select(s => s.ToString()), """<add key="own" value="https://feeds.example/" />""");
        Assert.IsEmpty(feeds.OuterFolders());
    }

    [TestMethod]
    public void Folders_that_no_configuration_names_are_those_of_the_project_itself()
    {
        var (inner, outer, ofTheSdk) = (_app.Feed("repo/given"), _app.Feed("given"), _app.Feed("dotnet/library-packs"));
        var feeds = Restore([inner + "/", outer, ofTheSdk, _app["missing"]]);
        Expect.Sequence(feeds.InnerFolders, inner);
        Assert.AreEqual(new Planning.FolderFeed("feed-given", outer, outer), feeds.OuterFolders().Single());
    }

    [TestMethod]
    public void Two_of_one_name_have_two_names()
    {
        var (one, two) = (_app.Feed("a/own"), _app.Feed("b/own"));
        Expect.Sequence(Restore([one, two]).OuterFolders().Select(f => f.Name), "feed-own", "feed-own-2");
    }

    private string Config(string path, string folder) => _app.Config(path, $"""<packageSources><add key="own" value="{folder}" /></packageSources>""");

    private PackageFeeds Restore(string[] sources, params string[] configs) => _app.Restore(configs, sources).Feeds;
}
