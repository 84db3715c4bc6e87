using System.Text;
using System.Text.Json.Nodes;

namespace Container.Sdk.Publishing.Tests;

[TestClass]
public sealed class EndpointsManifestTests
{
    private const string Monday = "Mon, 05 Jan 2026 10:00:00 GMT", Tuesday = "Tue, 06 Jan 2026 10:00:00 GMT";

    [TestMethod]
    [DataRow("App.staticwebassets.endpoints.json", true)]
    [DataRow("publish/App.staticwebassets.endpoints.json", true)]
    [DataRow("App.staticwebassets.runtime.json", false)]
    [DataRow("appsettings.json", false)]
    public void The_manifest_is_known_by_its_name(string path, bool isOne) => Assert.AreEqual(isOne, EndpointsManifest.IsOne(path));

    [TestMethod]
    public void The_time_of_the_build_is_taken_out()
    {
        using var folder = new TestFolder();
        var (one, two) = (Normalize(folder, Manifest(Monday)), Normalize(folder, Manifest(Tuesday)));
        Assert.AreEqual(one, two);
        Assert.IsFalse(one.Contains("2026", StringComparison.Ordinal), one);
    }

    [TestMethod]
    public void Everything_else_stays()
    {
        using var folder = new TestFolder();
        var expected = Manifest("Tue, 01 Jan 1980 00:00:00 GMT");
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(Normalize(folder, Manifest(Monday)))));
    }

    [TestMethod]
    public void The_file_itself_is_left_alone()
    {
        using var folder = new TestFolder();
        var source = folder.Write("source", Encoding.UTF8.GetBytes(Manifest(Monday)));
        EndpointsManifest.Normalize(source, folder["copy"]);
        Assert.AreEqual(Manifest(Monday), File.ReadAllText(source));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("{\"Endpoints\":{}}")]
    [DataRow("{\"Endpoints\":[null]}")]
    [DataRow("{\"Endpoints\":[{\"ResponseHeaders\":[{\"Name\":5}]}]}")]
    public void A_manifest_that_cannot_be_understood_is_packed_as_it_is(string text)
    {
        using var folder = new TestFolder();
        var source = folder.Write("source", Encoding.UTF8.GetBytes(text));
        Assert.AreEqual(source, EndpointsManifest.Normalize(source, folder["copy"]));
        Assert.IsFalse(File.Exists(folder["copy"]));
    }

    private static string Normalize(TestFolder folder, string text) =>
        File.ReadAllText(EndpointsManifest.Normalize(folder.Write("source", Encoding.UTF8.GetBytes(text)), folder["copy"]));

    private static string Manifest(string time) => $$"""
        {
          "Version": 1,
          "ManifestType": "Publish",
          "Endpoints": [
            {
              "Route": "site.css",
              "AssetFile": "site.css",
              "Selectors": [{ "Name": "Content-Encoding", "Value": "gzip", "Quality": "0.100000000000" }],
              "ResponseHeaders": [
                { "Name": "Content-Length", "Value": "12" },
                { "Name": "ETag", "Value": "\"abc+/=\"" },
                { "Name": "Last-Modified", "Value": "{{time}}" }
              ],
              "EndpointProperties": [{ "Name": "label", "Value": "<é>" }]
            },
            { "Route": "x.js", "AssetFile": "x.js", "Selectors": [], "ResponseHeaders": [{ "Name": "Last-Modified", "Value": "{{time}}" }], "EndpointProperties": [] }
          ]
        }
        """;
}
