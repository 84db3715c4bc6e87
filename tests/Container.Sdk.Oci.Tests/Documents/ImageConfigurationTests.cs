using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci.Tests;

[TestClass]
public sealed class ImageConfigurationTests
{
    private static readonly Digest One = Digest.Of("1"u8), Two = Digest.Of("2"u8), Three = Digest.Of("3"u8);

    private static readonly ConfigurationChanges Changes = new() { Created = "1980-01-01T00:00:00Z", WorkingDirectory = "/app" };

    [TestMethod]
    public void The_configuration_on_scratch_has_always_the_same_bytes()
    {
        var configuration = ImageConfiguration.Empty(new Platform("linux", "arm", "v7")).With(Changes with
        {
            Environment = [new("B", "1=2"), new("A", "")],
            Entrypoint = ["/app/x"],
            Command = ["--y"],
            User = "1654",
            ExposedPorts = ["8081/udp", "8080/tcp"],
            Volumes = ["/b", "/a"],
            Labels = new Dictionary<string, string> { ["b"] = "<é>", ["a"] = "1" },
            Layers = [(One, "it")],
        });
        Assert.AreEqual(
            """{"architecture":"arm","os":"linux","variant":"v7","config":{"Env":["B=1=2","A="],"Entrypoint":["/app/x"],"Cmd":["--y"],"User":"1654","WorkingDir":"/app","ExposedPorts":{"8080/tcp":{},"8081/udp":{}},"Volumes":{"/a":{},"/b":{}},"Labels":{"a":"1","b":"<é>"}},"created":"1980-01-01T00:00:00Z","rootfs":{"type":"layers","diff_ids":["sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"]},"history":[{"created":"1980-01-01T00:00:00Z","created_by":"it"}]}""",
            Encoding.UTF8.GetString(configuration.ToBytes()));
    }

    [TestMethod]
    public void Whatever_is_not_changed_comes_out_as_it_came_in()
    {
        const string Text = """
            {"architecture":"arm","os":"linux","os.version":"10.0.1","os.features":["win32k"],"variant":"v6","author":"somebody","moby.buildkit.x":{"y":[1.50]},
             "config":{"Healthcheck":{"Test":["CMD","true"],"Interval":30000000000},"Shell":["/bin/bash","-c"],"StopSignal":"SIGINT","StopTimeout":5,"OnBuild":["RUN x"],"ArgsEscaped":true,"NotInventedYet":{"a":null}},
             "rootfs":{"type":"layers","diff_ids":[]},"history":[]}
            """;
        var json = Json.ParseObject(Parse(Text).With(Changes).ToBytes());
        var expected = Json.ParseObject(Encoding.UTF8.GetBytes(Text));
        foreach (var name in (string[])["architecture", "os", "os.version", "os.features", "variant", "author", "moby.buildkit.x"])
            Assert.AreEqual(expected[name]!.ToJsonString(), json[name]!.ToJsonString());
        foreach (var (name, value) in expected.GetObject("config")!)
            Assert.AreEqual(value!.ToJsonString(), json["config"]![name]!.ToJsonString());
    }

    [TestMethod]
    public void A_change_leaves_the_base_alone()
    {
        var before = Parse("""{"architecture":"amd64","os":"linux","config":{"Env":["A=1"]},"rootfs":{"type":"layers","diff_ids":[]},"history":[]}""");
        var bytes = before.ToBytes();
        before.With(Changes with { User = "x", Layers = [(One, "a")] });
        Assert.AreEqual(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(before.ToBytes()));
    }

    [TestMethod]
    public void Settings_without_a_value_are_taken_out()
    {
        var json = Json.ParseObject(Parse("""
            {"architecture":"amd64","os":"linux","config":{"Env":["A=1"],"Entrypoint":["x"],"Cmd":["y"],"User":"1","ExposedPorts":{"1/tcp":{}},"Volumes":{"/v":{}},"Labels":{"l":"1"},"WorkingDir":"/w"}}
            """).With(new ConfigurationChanges { Created = "x" }).ToBytes());
        Assert.AreEqual("{}", json["config"]!.ToJsonString());
    }

    [TestMethod]
    public void A_configuration_without_settings_gets_some()
    {
        var configuration = Parse("""{"architecture":"amd64","os":"linux","config":null}""").With(Changes with { User = "7" });
        Assert.AreEqual("7", configuration.User);
    }

    [TestMethod]
    public void Diff_ids_of_new_layers_lie_on_top()
    {
        var configuration = Parse(WithLayers(One)).With(Changes with { Layers = [(Two, "b"), (Three, "c")] });
        CollectionAssert.AreEqual(new[] { One, Two, Three }, configuration.DiffIds.ToArray());
    }

    [TestMethod]
    public void Each_new_layer_has_its_entry_in_the_history()
    {
        var configuration = Parse(WithLayers("""[{"created_by":"ENV x","empty_layer":true},{"created_by":"ADD base"}]""", One))
            .With(Changes with { Layers = [(Two, "b"), (Three, "c")] });
        Assert.AreEqual("ADD base|b|c", string.Join('|', configuration.LayerHistory));
        Assert.AreEqual(3, configuration.LayersInHistory);
    }

    [TestMethod]
    public void A_history_that_a_base_leaves_out_is_filled_in()
    {
        var configuration = Parse(WithLayers(One, Two)).With(Changes with { Layers = [(Three, "c")] });
        Assert.AreEqual("base image|base image|c", string.Join('|', configuration.LayerHistory));
    }

    [TestMethod]
    public void A_history_of_only_empty_layers_is_filled_in()
    {
        var configuration = Parse(WithLayers("""[{"created_by":"ENV x","empty_layer":true}]""", One)).With(Changes with { Layers = [(Two, "b")] });
        Assert.AreEqual("base image|b", string.Join('|', configuration.LayerHistory));
    }

    [TestMethod]
    public void The_environment_keeps_its_order_and_its_equals_signs()
    {
        var environment = Parse("""{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/a:/b","X=a=b;c","EMPTY=","BARE"]}}""").Environment;
        Assert.AreEqual("PATH:/a:/b|X:a=b;c|EMPTY:|BARE:", string.Join('|', environment.Select(e => $"{e.Key}:{e.Value}")));
    }

    [TestMethod]
    public void An_empty_user_is_none() => Assert.IsNull(Parse("""{"architecture":"amd64","os":"linux","config":{"User":""}}""").User);

    [TestMethod]
    public void The_platform_has_all_its_parts() => Assert.AreEqual(
        new Platform("windows", "amd64", "v1", "10.0.1"), Parse("""{"architecture":"amd64","os":"windows","os.version":"10.0.1","variant":"v1"}""").Platform);

    [TestMethod]
    public void The_empty_configuration_of_a_platform_has_that_platform()
    {
        Assert.AreEqual(new Platform("linux", "amd64"), ImageConfiguration.Empty(new Platform("linux", "amd64")).Platform);
        Assert.AreEqual(new Platform("linux", "arm", "v7"), ImageConfiguration.Empty(new Platform("linux", "arm", "v7")).Platform);
    }

    // What a base says wrongly is said with a code when the base is read, not in the middle of the work.
    [TestMethod]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"os":"linux"}""")]
    [DataRow("""{"architecture":"amd64","os":5}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","architecture":"arm64"}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","rootfs":[]}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","rootfs":{"diff_ids":"x"}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","rootfs":{"diff_ids":["sha256:x"]}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","rootfs":{"diff_ids":[null]}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":[]}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"Env":{}}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"Env":[1]}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"Entrypoint":"dotnet"}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"Cmd":[["x"]]}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"User":1654}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"Labels":["a=b"]}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"ExposedPorts":["8080/tcp"]}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","config":{"Volumes":"/v"}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","history":{}}""")]
    [DataRow("""{"architecture":"amd64","os":"linux","history":[{"created_by":5}]}""")]
    [DataRow("""{"architecture":"\ud800","os":"linux"}""")]
    public void What_is_no_configuration_is_refused(string text) => Expect.Failure(Diagnostics.NotAnImage, () => Parse(text));

    [TestMethod]
    public void Settings_that_are_null_are_none()
    {
        var configuration = Parse("""{"architecture":"amd64","os":"linux","config":{"Env":null,"Entrypoint":null,"Cmd":null,"User":null,"Labels":null,"ExposedPorts":null,"Volumes":null},"history":null,"rootfs":{"type":"layers","diff_ids":null}}""");
        Assert.IsEmpty(configuration.Environment);
        Assert.IsEmpty(configuration.Entrypoint);
        Assert.IsEmpty(configuration.Command);
        Assert.IsNull(configuration.User);
        Assert.IsEmpty(configuration.Labels);
        Assert.IsEmpty(configuration.ExposedPorts);
        Assert.IsEmpty(configuration.Volumes);
        Assert.IsEmpty(configuration.DiffIds);
        Assert.AreEqual(0, configuration.LayersInHistory);
    }

    private static string WithLayers(params Digest[] diffIds) => WithLayers("null", diffIds);

    private static string WithLayers(string history, params Digest[] diffIds) =>
        $$"""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":{{new JsonArray([.. diffIds.Select(d => (JsonNode)d.ToString())]).ToJsonString()}}},"history":{{history}}}""";

    private static ImageConfiguration Parse(string text) => ImageConfiguration.Parse(Encoding.UTF8.GetBytes(text), "the base");
}
