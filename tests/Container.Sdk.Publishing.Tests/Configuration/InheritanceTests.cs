using System.Text.Json.Nodes;

namespace Container.Sdk.Publishing.Tests;

/// <summary>What a base says and a project has no word for comes through as it is.</summary>
[TestClass]
public sealed class InheritanceTests
{
    private const string Settings = """
        {
          "Healthcheck": {"Test": ["CMD", "true"], "Interval": 30000000000, "Retries": 3},
          "Shell": ["/bin/bash", "-c"],
          "StopSignal": "SIGQUIT",
          "StopTimeout": 12,
          "OnBuild": ["RUN true"],
          "Volumes": {"/data": {}},
          "NotInventedYet": {"deep": [1, 2.5, null, true]}
        }
        """;

    private const string Root = """{"author": "somebody", "os.version": "1.2.3", "variant": "v1", "os.features": ["a"], "container_config": {"x": 1}}""";

    private static JsonObject? _image, _base;

    [ClassInitialize]
    public static async Task Publish(TestContext context)
    {
        using var app = new TestApp();
        _image = (await app.With("ContainerBaseImage", MadeImage.Of(Settings, Root).ToFolder(app.PathOf("bases"), "base")).ImageAsync()).Document();
        _base = LayoutImages.Read(app.PathOf("bases"), "base").Document();
    }

    [TestMethod]
    [DataRow("Healthcheck")]
    [DataRow("Shell")]
    [DataRow("StopSignal")]
    [DataRow("StopTimeout")]
    [DataRow("OnBuild")]
    [DataRow("Volumes")]
    [DataRow("NotInventedYet")]
    public void A_setting_survives(string name) => Same(_base!["config"]![name], _image!["config"]![name]);

    [TestMethod]
    [DataRow("author")]
    [DataRow("os.version")]
    [DataRow("os.features")]
    [DataRow("variant")]
    [DataRow("architecture")]
    [DataRow("container_config")]
    public void A_fact_about_the_image_survives(string name) => Same(_base![name], _image![name]);

    [TestMethod]
    public void The_history_of_the_base_comes_before_ours() => Same(_base!["history"]!.AsArray()[0], _image!["history"]!.AsArray()[0]);

    private static void Same(JsonNode? expected, JsonNode? actual)
    {
        Assert.IsNotNull(expected);
        Assert.IsTrue(JsonNode.DeepEquals(expected, actual), $"{expected.ToJsonString()} has become {actual?.ToJsonString() ?? "nothing"}");
    }
}
