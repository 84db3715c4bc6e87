using System.Text.RegularExpressions;

namespace Container.Sdk.Publishing.Tests;

/// <summary>What a publish says to people and to programs.</summary>
[TestClass]
public sealed partial class ResultTests : IDisposable
{
    private readonly TestApp _app = new();

    [TestMethod]
    public async Task The_result_file_says_what_was_made()
    {
        await _app.With("ContainerRepository", "team/app").With("ContainerImageTags", "1.0;1").PublishAsync();
        var image = LayoutImages.Read(_app.Registry, "team/app:1");
        var result = _app.Result;
        Assert.IsTrue((bool)result["success"]!);
        Assert.IsTrue((bool)result["delivered"]!);
        Assert.AreEqual(image.Descriptor.Digest.ToString(), (string?)result["digest"]);
        Assert.AreEqual(image.Descriptor.MediaType, (string?)result["mediaType"]);
        Assert.AreEqual($"oci:{_app.Registry}:team/app:1.0@{image.Descriptor.Digest}", (string?)result["reference"]);
        Assert.AreEqual("team/app", (string?)result["repository"]);
        Expect.Sequence(result["tags"]!.AsArray().Select(t => (string)t!), "1.0", "1");
        Assert.AreEqual("linux/amd64", (string?)result["platform"]);
        Expect.Sequence(result["layers"]!.AsArray().Select(l => $"{l!["name"]} {l["digest"]} {l["transfer"]}"), $"application {image.Layers[^1].Descriptor.Digest} sent");
    }

    [TestMethod]
    public async Task One_line_says_the_project_and_the_reference_to_deploy_and_a_row_each_layer()
    {
        var report = await _app.PublishAsync();
        var lines = report.ToText().Split('\n');
        Assert.AreEqual($"app -> oci:{_app.Registry}:app:latest@{report.Image.Descriptor.Digest}", lines[0]);
        Assert.IsTrue(LayerRow().IsMatch(lines.Single(l => l.Contains("application", StringComparison.Ordinal))), report.ToText());
    }

    [TestMethod]
    public async Task A_failure_says_why_and_whether_trying_again_may_help()
    {
        var e = await _app.With("ContainerRegistry", "127.0.0.1:1").FailsAsync("CSDK3001");
        ResultDocument.SaveFailure("app", e, _app.PathOf("app/obj/container/result.json"));
        var result = _app.Result;
        Assert.IsFalse((bool)result["success"]!);
        Assert.AreEqual("CSDK3001", (string?)result["code"]);
        Assert.IsTrue((bool)result["retryMayHelp"]!);
        StringAssert.Contains((string?)result["help"], "CSDK3001.md");
        Assert.IsNull(result["digest"]);
    }

    public void Dispose() => _app.Dispose();

    // Name, size, and what became of it.
    [GeneratedRegex(@"^\s+application +\d[\d.]* [kM]?B +packed, sent\s*$")]
    private static partial Regex LayerRow();
}
