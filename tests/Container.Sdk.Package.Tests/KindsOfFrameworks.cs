namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class KindsOfFrameworks
{
    [TestMethod]
    public void A_project_of_several_frameworks_is_published_with_the_one_that_is_named()
    {
        using var sandbox = Several();
        sandbox.Publish("app", "-f", "net8.0").SucceededQuietly();
        var image = LayoutImages.Read(sandbox.Registry, "app:latest");
        StringAssert.Contains(System.Text.Encoding.UTF8.GetString(image.Bytes("app/app.runtimeconfig.json")), "\"tfm\": \"net8.0\"");
        Assert.AreEqual("8.0", image.Configuration.Labels["net.dot.runtime.majorminor"]);
    }

    [TestMethod]
    [DataRow("publish", "")]
    [DataRow("publish", "-t:PublishContainer")]
    [DataRow("build", "-t:PublishContainer")]
    public void A_project_of_several_frameworks_is_refused_where_none_is_named(string command, string target)
    {
        using var sandbox = Several();
        sandbox.Dotnet("app", [command, $"-p:ContainerRegistry=oci:{sandbox.Registry}", "-p:ContainerBaseImage=scratch", .. target.Length == 0 ? Array.Empty<string>() : [target]])
            .RefusedWith("CSDK1013");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    private static Sandbox Several() => new Sandbox().Console("app", """
        <PropertyGroup>
          <TargetFramework></TargetFramework>
          <TargetFrameworks>net10.0;net8.0</TargetFrameworks>
        </PropertyGroup>
        """);
}
