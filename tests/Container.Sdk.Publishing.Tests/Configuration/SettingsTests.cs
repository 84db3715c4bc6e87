namespace Container.Sdk.Publishing.Tests;

/// <summary>User, ports, variables, labels and time of an image.</summary>
[TestClass]
public sealed class SettingsTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    public async Task The_user_that_is_asked_for_wins() => Assert.AreEqual("app:staff", await UserOn("""{"Env":["APP_UID=1654"],"User":"base"}""", "app:staff"));

    [TestMethod]
    public async Task A_base_that_has_chosen_a_user_keeps_it() => Assert.AreEqual("base", await UserOn("""{"Env":["APP_UID=1654"],"User":"base"}"""));

    [TestMethod]
    [DataRow("root")]
    [DataRow("0")]
    [DataRow("0:0")]
    [DataRow("")]
    public async Task Root_gives_way_to_APP_UID(string user) => Assert.AreEqual("1654", await UserOn($$"""{"Env":["APP_UID=1654"],"User":"{{user}}"}"""));

    [TestMethod]
    public async Task Without_APP_UID_there_is_no_user() => Assert.IsNull(await UserOn("{}"));

    [TestMethod]
    public async Task Root_can_be_asked_for() => Assert.AreEqual("root", await UserOn("""{"Env":["APP_UID=1654"]}""", "root"));

    [TestMethod]
    public async Task The_ports_of_the_bases_environment_are_exposed() => Expect.Sequence(await PortsOn("""{"Env":["ASPNETCORE_HTTP_PORTS=8080;8081"]}"""), "8080/tcp", "8081/tcp");

    [TestMethod]
    public async Task The_apps_environment_decides_over_the_bases()
    {
        _app.Has("ContainerEnvironmentVariable", "ASPNETCORE_HTTP_PORTS", ("Value", "5000"));
        Expect.Sequence(await PortsOn("""{"Env":["ASPNETCORE_HTTP_PORTS=8080"]}"""), "5000/tcp");
    }

    [TestMethod]
    public async Task Http_and_https_ports_add_up()
    {
        _app.Has("ContainerEnvironmentVariable", "ASPNETCORE_HTTPS_PORTS", ("Value", "8443"));
        Expect.Sequence(await PortsOn("""{"Env":["ASPNETCORE_HTTP_PORTS=8080"]}"""), "8080/tcp", "8443/tcp");
    }

    [TestMethod]
    public async Task Urls_name_ports_before_the_lists_of_ports()
    {
        _app.Has("ContainerEnvironmentVariable", "ASPNETCORE_URLS", ("Value", "http://+:9000;https://[::]:9443/path"));
        Expect.Sequence(await PortsOn("""{"Env":["ASPNETCORE_HTTP_PORTS=8080"], "ExposedPorts": {"7/tcp": {}}}"""), "7/tcp", "9000/tcp", "9443/tcp");
    }

    [TestMethod]
    public async Task One_port_can_be_both_tcp_and_udp()
    {
        _app.Has("ContainerPort", "53", ("Type", "tcp")).Has("ContainerPort", "53", ("Type", "udp"));
        Expect.Sequence(await PortsOn("{}"), "53/tcp", "53/udp");
    }

    [TestMethod]
    public async Task Variables_of_the_app_take_the_place_of_the_bases_and_others_stay()
    {
        On("""{"Env": ["PATH=/usr/bin", "FROM_BASE=from the base"]}""");
        _app.Has("ContainerEnvironmentVariable", "FROM_BASE", ("Value", "from the app")).Has("ContainerEnvironmentVariable", "EMPTY");
        Expect.Sequence((await _app.ImageAsync()).Configuration.Environment.Select(e => $"{e.Key}={e.Value}").Order(StringComparer.Ordinal), "EMPTY=", "FROM_BASE=from the app", "PATH=/usr/bin");
    }

    [TestMethod]
    public async Task The_users_labels_beat_the_generated_ones_and_those_of_the_base()
    {
        On("""{"Labels": {"from-base": "from the base", "only-base": "kept", "version": "from the base"}}""");
        _app.Has("GeneratedLabel", "version", ("Value", "generated")).Has("GeneratedLabel", "title", ("Value", "generated")).Has("ContainerLabel", "version", ("Value", "mine")).Has("ContainerLabel", "from-base", ("Value", "from the app"));
        var labels = (await _app.ImageAsync()).Configuration.Labels;
        Expect.Sequence(
            labels.Where(l => !l.Key.StartsWith("org.", StringComparison.Ordinal)).Select(l => $"{l.Key}={l.Value}").Order(StringComparer.Ordinal),
            "from-base=from the app", "only-base=kept", "title=generated", "version=mine");
    }

    [TestMethod]
    public async Task Labels_name_the_base_and_its_digest()
    {
        On("{}");
        var labels = (await _app.ImageAsync()).Configuration.Labels;
        Assert.AreEqual("base", labels["org.opencontainers.image.base.name"]);
        Assert.AreEqual(new ImageLayout(_app.PathOf("bases")).Find("base")!.Digest.ToString(), labels["org.opencontainers.image.base.digest"]);
    }

    [TestMethod]
    public async Task Labels_of_the_base_can_be_switched_off()
    {
        On("{}");
        var labels = (await _app.With("LabelBaseName", "false").With("LabelBaseDigest", "false").ImageAsync()).Configuration.Labels;
        Assert.IsFalse(labels.Keys.Any(k => k.StartsWith("org.opencontainers.image.base.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task On_scratch_there_is_nothing_but_the_app()
    {
        var image = await _app.ImageAsync();
        Assert.HasCount(1, image.Layers);
        Assert.IsEmpty(image.Configuration.Environment);
        Assert.IsFalse(image.Configuration.Labels.Keys.Any(k => k.StartsWith("org.opencontainers.image.base.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Volumes_are_the_bases_and_the_users()
    {
        On("""{"Volumes": {"/base": {}}}""");
        Expect.Sequence((await _app.Has("ContainerVolume", "/data").ImageAsync()).Configuration.Volumes.Order(StringComparer.Ordinal), "/base", "/data");
    }

    [TestMethod]
    public async Task The_time_of_the_image_is_fixed()
    {
        var document = (await _app.Has("CreatedLabel", "created").ImageAsync()).Document();
        Assert.AreEqual("1980-01-01T00:00:00Z", (string?)document["created"]);
        Assert.AreEqual("1980-01-01T00:00:00Z", (string?)document["history"]!.AsArray()[^1]!["created"]);
        Assert.AreEqual("1980-01-01T00:00:00Z", (string?)document["config"]!["Labels"]!["created"]);
    }

    [TestMethod]
    public async Task SOURCE_DATE_EPOCH_is_the_time_of_the_image_and_not_of_its_files()
    {
        _app.Environment["SOURCE_DATE_EPOCH"] = "1700000000";
        var image = await _app.Has("CreatedLabel", "created").ImageAsync();
        Assert.AreEqual("2023-11-14T22:13:20Z", (string?)image.Document()["created"]);
        Assert.AreEqual("2023-11-14T22:13:20Z", (string?)image.Document()["history"]!.AsArray()[^1]!["created"]);
        Assert.AreEqual("2023-11-14T22:13:20Z", image.Configuration.Labels["created"]);
        Assert.AreEqual(1980, image.Entry("app/app.dll").ModificationTime.Year);
    }

    public void Dispose() => _app.Dispose();

    private void On(string settingsOfBase) => _app["ContainerBaseImage"] = MadeImage.Of(settingsOfBase).ToFolder(_app.PathOf("bases"), "base");

    private async Task<string?> UserOn(string settingsOfBase, string user = "")
    {
        On(settingsOfBase);
        return (await _app.With("ContainerUser", user).ImageAsync()).Configuration.User;
    }

    private async Task<IEnumerable<string>> PortsOn(string settingsOfBase)
    {
        On(settingsOfBase);
        return (await _app.ImageAsync()).Configuration.ExposedPorts.Order(StringComparer.Ordinal);
    }
}
