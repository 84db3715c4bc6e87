using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>The base image that a project has where it names none: the plan says it, and nothing is asked.</summary>
[TestClass]
public sealed class KindsOfBases
{
    [TestMethod]
    [DataRow("Microsoft.NET.Sdk", "", "runtime:10.0")]
    [DataRow("Microsoft.NET.Sdk", "-p:SelfContained=true", "runtime-deps:10.0")]
    [DataRow("Microsoft.NET.Sdk", "-p:PublishSelfContained=true", "runtime-deps:10.0")]
    [DataRow("Microsoft.NET.Sdk", "-p:PublishSingleFile=true", "runtime:10.0")]
    [DataRow("Microsoft.NET.Sdk", "-p:PublishTrimmed=true", "runtime-deps:10.0-noble-chiseled-extra")]
    [DataRow("Microsoft.NET.Sdk", "-p:ContainerFamily=alpine", "runtime:10.0-alpine")]
    [DataRow("Microsoft.NET.Sdk.Web", "", "aspnet:10.0")]
    [DataRow("Microsoft.NET.Sdk.Web", "-p:SelfContained=true", "runtime-deps:10.0")]
    public void The_base_follows_from_the_project(string sdk, string option, string expected)
    {
        using var sandbox = new Sandbox().Console("app", sdk: sdk);
        string[] options = option.Length == 0 ? [] : ["-r", "linux-x64", option];
        sandbox.Dotnet("app", ["publish", "-t:PlanContainer", "-p:ContainerPublish=false", "-p:PublishDir=out/", .. options]).Succeeded();
        var plan = Directory.GetFiles(sandbox.PathOf("app/obj"), "plan.json", SearchOption.AllDirectories).Single();
        Assert.AreEqual($"mcr.microsoft.com/dotnet/{expected}", (string?)JsonNode.Parse(File.ReadAllText(plan))!["base"]);
    }

    [TestMethod]
    public void A_base_that_is_named_is_the_one_that_is_used()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt($"-p:ContainerBaseImage={Testbed.Base("runtime-deps")}").Succeeded();
        Assert.AreEqual(Testbed.Base("runtime-deps"), (string?)sandbox.Result("app")["base"]);
        var theBase = Images.Read(Testbed.Bases, "dotnet/runtime-deps:10.0");
        Expect.Sequence(Images.Read(sandbox.Registry, "app:latest").Layers.SkipLast(1).Select(l => l.Descriptor.Digest.ToString()), [.. theBase.Layers.Select(l => l.Descriptor.Digest.ToString())]);
    }
}
