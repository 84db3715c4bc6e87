using System.Net;
using System.Net.Sockets;

namespace Container.Sdk.Package.Tests;

/// <summary>An editor evaluates a project and builds parts of it, all the time and unasked.</summary>
[TestClass]
public sealed class DesignTimeBuilds
{
    [TestMethod]
    [DataRow("Compile")]
    [DataRow("Publish")]
    [DataRow("PublishContainer")]
    public void A_design_time_build_makes_writes_and_asks_nothing(string target)
    {
        using var registry = new TcpListener(IPAddress.Loopback, 0);
        registry.Start();
        var address = $"127.0.0.1:{((IPEndPoint)registry.LocalEndpoint).Port}";
        using var sandbox = new Sandbox(cold: true).BuiltConsole($"""
            <PropertyGroup>
              <ContainerRegistry>{address}</ContainerRegistry>
              <ContainerBaseImage>{address}/dotnet/runtime:10.0</ContainerBaseImage>
            </PropertyGroup>
            """);
        sandbox.Dotnet(
            "app", "msbuild", $"-t:{target}", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
            "-p:Configuration=Release").SucceededQuietly();
        Assert.IsFalse(registry.Pending(), "The registry was asked.");
        Assert.IsFalse(Directory.Exists(sandbox.PathOf("app/obj/Release/net10.0/container")));
        Assert.AreEqual(target == "Publish", Directory.Exists(sandbox.PathOf("app/bin/Release/net10.0/publish")));
        Assert.IsFalse(Directory.Exists(sandbox.Cache));
    }

    [TestMethod]
    public void A_restore_asks_nothing()
    {
        using var registry = new TcpListener(IPAddress.Loopback, 0);
        registry.Start();
        using var sandbox = new Sandbox(cold: true).Console("app", $"<PropertyGroup><ContainerRegistry>127.0.0.1:{((IPEndPoint)registry.LocalEndpoint).Port}</ContainerRegistry></PropertyGroup>");
        sandbox.Dotnet("app", "restore").SucceededQuietly();
        Assert.IsFalse(registry.Pending(), "The registry was asked.");
        Assert.IsFalse(Directory.Exists(sandbox.Cache));
    }
}
