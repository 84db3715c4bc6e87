namespace Container.Sdk.Sources.Tests;

[TestClass]
public sealed class NuGetConfigurationsTests : IDisposable
{
    private const string Address = "https://feeds.example/v3/index.json";

    private readonly RestoredApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestMethod]
    public void Those_above_the_project_in_the_repository_are_inner_and_all_others_are_outer()
    {
        string[] configs = [Sources("repo/src/App/NuGet.config"), Sources("repo/NuGet.config"), Sources("NuGet.config"), Sources("home/NuGet.Config"), Sources("repo/other/NuGet.config")];
        Expect.Sequence(_app.Restore(configs, []).Configurations.InnerFiles, configs[..2]);
    }

    [TestMethod]
    public void A_configuration_that_is_gone_is_not_written_anew()
    {
        Assert.IsEmpty(_app.Restore([_app["repo/NuGet.config"]], []).Configurations.InnerFiles);
        Assert.IsFalse(File.Exists(_app["repo/NuGet.config"]));
    }

    [TestMethod]
    public void Only_what_restore_used_counts()
    {
        var configurations = Restore([Address], Sources("repo/NuGet.config", ("used", Address), ("unused", "https://other.example/")));
        Expect.Sequence(configurations.Feeds.Select(f => f.Name), "used");
        Expect.Sequence(configurations.RemoteSources.Select(f => f.Name), "used");
    }

    [TestMethod]
    public void The_nearest_configuration_has_a_source_s_name_and_can_clear_those_behind_it()
    {
        var near = _app.Config("repo/NuGet.config", $"""<packageSources><clear /><add key="own" value="{Address}" /></packageSources>""");
        var far = Sources("home/NuGet.Config", ("own", "https://old.example/"), ("cleared", "https://cleared.example/"));
        var configurations = Restore([Address, "https://old.example/", "https://cleared.example/"], near, far);
        Expect.Sequence(configurations.Feeds.Select(f => $"{f.Name} {f.Place}"), $"own {Address}");
        Expect.Sequence(configurations.OuterFeeds.Select(f => f.Name), "own", "cleared");
    }

    [TestMethod]
    public void A_folder_is_absolute_and_ends_with_no_separator()
    {
        var configurations = Restore([_app["repo/feeds/own/"]], Sources("repo/NuGet.config", ("own", "feeds/own/")));
        Assert.AreEqual(new ConfiguredFeed("own", _app["repo/feeds/own"], _app["repo/NuGet.config"], "feeds/own/"), configurations.Feeds.Single());
    }

    [TestMethod]
    public void Variables_are_replaced()
    {
        var variable = $"CSDK_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, "feeds.example");
        try
        {
            Assert.AreEqual(Address, Restore([Address], Sources("home/NuGet.Config", ("own", $"https://%{variable}%/v3/index.json"))).OuterFeeds.Single().Place);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [TestMethod]
    public void Mappings_of_the_outer_configurations_are_one()
    {
        var inner = _app.Config("repo/NuGet.config", Mapping("inner", "Inner.*"));
        var configurations = Restore([], inner, _app.Config("home/NuGet.Config", Mapping("own", "Own.*")), _app.Config("machine/NuGet.Config", Mapping("all", "*")));
        Expect.Sequence(configurations.OuterMapping.Select(m => m.ToString(System.Xml.Linq.SaveOptions.DisableFormatting)).Order(StringComparer.Ordinal),
            """<packageSource key="all"><package pattern="*" /></packageSource>""", """<packageSource key="own"><package pattern="Own.*" /></packageSource>""");
    }

    [TestMethod]
    public void Which_file_has_the_credentials_is_known()
    {
        var config = _app.Config("home/NuGet.Config", """<packageSourceCredentials><my_x0020_feed><add key="Username" value="a" /><add key="ClearTextPassword" value="b" /></my_x0020_feed></packageSourceCredentials>""");
        Assert.AreEqual(config, Restore([], config).CredentialFiles["my feed"]);
    }

    [TestMethod]
    [DataRow("<packageSources><add key=\"own\" /></packageSources>")]
    [DataRow("<packageSourceCredentials><own><add key=\"Username\" value=\"a\" /></own></packageSourceCredentials>")]
    public void What_NuGet_does_not_accept_is_refused_in_its_words(string elements) =>
        StringAssert.Contains(Expect.Failure(Diagnostics.SourcesNotRestored, () => Restore([], _app.Config("home/NuGet.Config", elements))).Message, _app["home/NuGet.Config"]);

    private static string Mapping(string source, string pattern) => $"""<packageSourceMapping><packageSource key="{source}"><package pattern="{pattern}" /></packageSource></packageSourceMapping>""";

    private string Sources(string path, params (string Name, string Value)[] sources) =>
        _app.Config(path, $"<packageSources>{string.Concat(sources.Select(s => $"""<add key="{s.Name}" value="{s.Value}" />"""))}</packageSources>");

    private NuGetConfigurations Restore(string[] sources, params string[] configs) => _app.Restore(configs, sources).Configurations;
}
