using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>The base image that a project has where it names none: the plan says it, and nothing is asked.</summary>
[TestClass]
public sealed class KindsOfBases
{
    [TestMethod]
    public void The_plan_names_the_base_that_follows_from_the_project()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Dotnet("app", "publish", "--no-build", "-t:PlanContainer", "-p:ContainerPublish=false").Succeeded();
        var plan = JsonNode.Parse(File.ReadAllText(sandbox.PathOf("app/obj/Release/net10.0/container/plan.json")))!;
        Assert.AreEqual("mcr.microsoft.com/dotnet/runtime:10.0", (string?)plan["base"]);
    }

    [TestMethod]
    [DataRow("Microsoft.NET.Sdk", "<SelfContained>true</SelfContained>", "runtime-deps:10.0")]
    [DataRow("Microsoft.NET.Sdk", "<PublishSelfContained>true</PublishSelfContained>", "runtime-deps:10.0")]
    [DataRow("Microsoft.NET.Sdk", "<PublishSingleFile>true</PublishSingleFile>", "runtime-deps:10.0")]
    [DataRow("Microsoft.NET.Sdk", "<PublishSingleFile>true</PublishSingleFile><SelfContained>false</SelfContained>", "runtime:10.0")]
    [DataRow("Microsoft.NET.Sdk", "<PublishTrimmed>true</PublishTrimmed>", "runtime-deps:10.0-noble-chiseled-extra")]
    [DataRow("Microsoft.NET.Sdk", "<ContainerFamily>alpine</ContainerFamily>", "runtime:10.0-alpine")]
    [DataRow("Microsoft.NET.Sdk.Web", "", "aspnet:10.0")]
    [DataRow("Microsoft.NET.Sdk.Web", "<SelfContained>true</SelfContained>", "runtime-deps:10.0")]
    public void The_base_follows_from_what_the_project_says(string sdk, string properties, string expected)
    {
        using var sandbox = new Sandbox().Console("app", $"<PropertyGroup><RuntimeIdentifier>linux-x64</RuntimeIdentifier>{properties}</PropertyGroup>", sdk: sdk);
        var answer = sandbox.Dotnet("app", "msbuild", "-t:ComputeContainerBaseImage", "-getProperty:ContainerBaseImage", "-p:_IsPublishing=true").Succeeded().Output;
        Assert.AreEqual($"mcr.microsoft.com/dotnet/{expected}", answer.Trim());
    }

    [TestMethod]
    public void A_base_that_is_named_is_the_one_that_is_used()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.PublishBuilt($"-p:ContainerBaseImage={Testbed.Base("runtime-deps")}").Succeeded();
        Assert.AreEqual(Testbed.Base("runtime-deps"), (string?)sandbox.Result("app")["base"]);
        var theBase = LayoutImages.Read(Testbed.Bases, "dotnet/runtime-deps:10.0");
        Expect.Sequence(LayoutImages.Read(sandbox.Registry, "app:latest").Layers.SkipLast(1).Select(l => l.Descriptor.Digest.ToString()), [.. theBase.Layers.Select(l => l.Descriptor.Digest.ToString())]);
    }
}
