namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class PublishingToAFolder
{
    [TestMethod]
    public void A_console_app_becomes_an_image_that_foreign_tools_read()
    {
        using var sandbox = new Sandbox().Console("Hello.App");
        var output = sandbox.Publish("Hello.App").Succeeded().Output;
        var digest = (string)sandbox.Result("Hello.App")["digest"]!;
        StringAssert.Contains(output, $"Hello.App -> oci:{sandbox.Registry}:hello-app:latest@{digest}");
        StringAssert.Contains(Testbed.Tool("skopeo", "inspect", $"oci:{sandbox.Registry}:hello-app:latest").Succeeded().Output, digest);
        StringAssert.Contains(Testbed.Tool("umoci", "ls", "--layout", sandbox.Registry).Succeeded().Output, "hello-app:latest");
    }

    [TestMethod]
    public void An_unchanged_app_gives_the_same_image_and_sends_nothing()
    {
        using var sandbox = new Sandbox().Console("app");
        sandbox.Publish("app").Succeeded();
        var first = sandbox.Result("app");
        sandbox.Publish("app").Succeeded();
        var second = sandbox.Result("app");
        Assert.AreEqual((string)first["digest"]!, (string)second["digest"]!);
        Assert.AreEqual(0L, (long)second["bytesSent"]!);
    }
}
