namespace Container.Sdk.Package.Tests;

[TestClass]
public sealed class DestinationsInEngines
{
    [TestMethod]
    public void The_engine_has_all_tags_and_runs_the_app()
    {
        using var sandbox = new Sandbox().BuiltConsole("<PropertyGroup><ContainerImageTags>1.0;latest</ContainerImageTags></PropertyGroup>");
        using var engine = new EngineRepository();
        try
        {
            sandbox.PublishBuilt("-p:ContainerRegistry=", $"-p:ContainerRepository={engine.Name}", $"-p:ContainerBaseImage={Testbed.Base("runtime")}").Succeeded();
            StringAssert.Contains(engine.Run().Succeeded().Output, "Hello");
            Assert.AreEqual(IdOf($"{engine.Name}:latest"), IdOf($"{engine.Name}:1.0"));
        }
        finally
        {
            Testbed.Docker("rmi", "--force", $"{engine.Name}:1.0");
        }
    }

    [TestMethod]
    public void An_image_that_the_engine_has_is_not_sent_again()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        using var engine = new EngineRepository();
        sandbox.PublishBuilt(engine.Properties).Succeeded();
        sandbox.PublishBuilt(engine.Properties).Succeeded();
        Assert.AreEqual(0L, (long)sandbox.Result("app")["bytesSent"]!);
    }

    [TestMethod]
    public void Docker_loads_and_runs_an_archive()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        using var engine = new EngineRepository();
        var archive = sandbox.PathOf("app.tar.gz");
        sandbox.PublishBuilt([.. engine.Properties, $"-p:ContainerArchiveOutputPath={archive}", $"-p:ContainerBaseImage={Testbed.Base("runtime")}"]).Succeeded();
        Testbed.Docker("load", "-i", archive).Succeeded();
        StringAssert.Contains(engine.Run().Succeeded().Output, "Hello");
    }

    private static string IdOf(string name) => Testbed.Docker("image", "inspect", "--format", "{{.Id}}", name).Succeeded().Output;
}
