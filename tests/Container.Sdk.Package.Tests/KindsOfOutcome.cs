using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Container.Sdk.Package.Tests;

/// <summary>What a publish leaves for people and for programs.</summary>
[TestClass]
public sealed partial class KindsOfOutcome
{
    private const string ResultPath = "app/obj/Release/net10.0/container/result.json";

    [TestMethod]
    [DataRow("publish")]
    [DataRow("build")]
    public void Where_the_publish_does_not_come_to_the_image_there_is_no_result_file_of_an_earlier_one(string command)
    {
        using var sandbox = new Sandbox().Console("app");
        string[] arguments = [command, "-c", "Release", "-t:PublishContainer", $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch"];
        sandbox.Dotnet("app", arguments).Succeeded();
        Assert.IsTrue(File.Exists(sandbox.PathOf(ResultPath)));
        sandbox.Write("app/Program.cs", "This is no program.");
        Assert.AreNotEqual(0, sandbox.Dotnet("app", arguments).ExitCode);
        Assert.IsFalse(File.Exists(sandbox.PathOf(ResultPath)));
    }

    [TestMethod]
    public void A_build_leaves_the_result_of_the_last_publish()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt().Succeeded();
        sandbox.Dotnet("app", "build", "-c", "Release").Succeeded();
        Assert.IsTrue((bool)sandbox.Result("app")["success"]!);
    }

    [TestMethod]
    public void The_result_file_can_have_another_place()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt("-p:ContainerResultFile=../results/{project}.json").Succeeded();
        Assert.AreEqual("app", (string?)JsonNode.Parse(File.ReadAllText(sandbox.PathOf("results/app.json")))!["project"]);
        Assert.IsFalse(File.Exists(sandbox.PathOf(ResultPath)));
    }

    [TestMethod]
    public void An_image_that_is_not_delivered_is_made_all_the_same()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt("-p:ContainerDeliver=false").SucceededQuietly();
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
        var kept = sandbox.Result("app");
        Assert.IsFalse((bool)kept["delivered"]!);
        Assert.IsTrue(File.Exists(sandbox.PathOf("app/obj/Release/net10.0/container/image/index.json")));
        sandbox.PublishBuilt().Succeeded();
        Assert.AreEqual((string?)sandbox.Result("app")["digest"], (string?)kept["digest"]);
    }

    [TestMethod]
    public void A_target_behind_the_publish_sees_what_the_in_box_SDK_would_tell_it()
    {
        using var sandbox = new Sandbox().BuiltConsole("""
            <Target Name="Tell" AfterTargets="PublishContainer">
              <WriteLinesToFile File="told.txt" Lines="$(GeneratedContainerDigest);$(GeneratedContainerMediaType);@(GeneratedContainerName);@(GeneratedContainer->Count());%(GeneratedContainer.ManifestDigest);%(GeneratedContainer.ManifestMediaType)" />
              <WriteLinesToFile File="manifest.json" Lines="$([MSBuild]::Escape($(GeneratedContainerManifest)))" />
              <WriteLinesToFile File="configuration.json" Lines="$([MSBuild]::Escape($(GeneratedContainerConfiguration)))" />
            </Target>
            """);
        var image = sandbox.BuiltImage("-t:PublishContainer");
        var digest = image.Descriptor.Digest.ToString();
        Expect.Sequence(
            File.ReadAllLines(sandbox.PathOf("app/told.txt")),
            digest, image.Descriptor.MediaType, $"oci:{sandbox.Registry}:app:latest", "1", digest, image.Descriptor.MediaType);
        Assert.AreEqual(System.Text.Encoding.UTF8.GetString(image.ManifestBytes), File.ReadAllText(sandbox.PathOf("app/manifest.json")).TrimEnd());
        Assert.AreEqual(System.Text.Encoding.UTF8.GetString(image.ConfigurationBytes), File.ReadAllText(sandbox.PathOf("app/configuration.json")).TrimEnd());
    }

    [TestMethod]
    public void The_digest_can_be_asked_for_on_the_command_line()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var output = sandbox.PublishBuilt("-getProperty:GeneratedContainerDigest").Succeeded().Output;
        Assert.AreEqual((string?)sandbox.Result("app")["digest"], output.Trim());
    }

    [TestMethod]
    public void One_line_says_the_project_and_the_reference_to_deploy()
    {
        using var sandbox = new Sandbox(cold: true).BuiltConsole();
        var output = sandbox.PublishBuilt().Succeeded().Output;
        var lines = output.Split('\n').Where(l => l.Contains("@sha256:", StringComparison.Ordinal)).ToList();
        Assert.HasCount(1, lines, output);
        Assert.AreEqual($"app -> oci:{sandbox.Registry}:app:latest@{(string)sandbox.Result("app")["digest"]!}", lines[0].Trim());
        Assert.IsTrue(LayerRow().IsMatch(output), output);
    }

    // Name, size, and what became of it.
    [GeneratedRegex(@"^\s+application +\d[\d.]* [kM]?B +packed, sent\s*$", RegexOptions.Multiline)]
    private static partial Regex LayerRow();
}
