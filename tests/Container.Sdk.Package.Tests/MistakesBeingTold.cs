namespace Container.Sdk.Package.Tests;

/// <summary>What is malformed is refused with its code before anything is packed. What is malformed is a matter of unit tests.</summary>
[TestClass]
public sealed class MistakesBeingTold
{
    [TestMethod]
    public void Every_mistake_of_a_project_is_an_error_of_its_own_and_the_first_is_in_the_result_file()
    {
        using var sandbox = new Sandbox().BuiltConsole("""
            <PropertyGroup>
              <ContainerImageTag>1.0+5</ContainerImageTag>
              <ContainerUser>a b</ContainerUser>
              <ContainerMaxLayers>many</ContainerMaxLayers>
            </PropertyGroup>
            <ItemGroup>
              <ContainerPort Include="http" />
              <ContainerVolume Include="data" />
            </ItemGroup>
            """);
        var said = sandbox.PublishBuilt();
        Assert.AreNotEqual(0, said.ExitCode);
        foreach (var code in (string[])["CSDK1003", "CSDK1005", "CSDK1019", "CSDK1020", "CSDK1024"]) StringAssert.Contains(said.Output, $"error {code}: ");
        Assert.AreEqual("CSDK1003", (string?)sandbox.Failure()["code"]);
        Assert.AreEqual(0, sandbox.PackedLayers());
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    public void A_mistake_that_only_the_plan_shows_is_an_error_too()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><None Include=".wh.passwd" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>""").Write("app/.wh.passwd", "");
        sandbox.PublishBuilt().RefusedWith("CSDK6003");
        Assert.AreEqual("CSDK6003", (string?)sandbox.Failure()["code"]);
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    [TestMethod]
    public void A_malformed_SOURCE_DATE_EPOCH_is_refused()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Environment["SOURCE_DATE_EPOCH"] = "yesterday";
        sandbox.PublishBuilt().RefusedWith("CSDK1024");
    }

    [TestMethod]
    public void An_engine_that_does_not_answer_is_an_error()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Environment["DOCKER_HOST"] = $"unix://{sandbox.PathOf("nobody.sock")}";
        var programs = Directory.CreateDirectory(sandbox.PathOf("programs")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "docker"), Testbed.ToolPath("docker"));
        sandbox.Environment["PATH"] = programs;
        sandbox.PublishBuilt("-p:ContainerRegistry=").RefusedWith("CSDK9001");
        Assert.AreEqual(0, sandbox.PackedLayers());
    }

    [TestMethod]
    public void A_machine_without_an_engine_is_an_error()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Environment["PATH"] = Directory.CreateDirectory(sandbox.PathOf("programs")).FullName;
        sandbox.PublishBuilt("-p:ContainerRegistry=").RefusedWith("CSDK9001");
    }

    [TestMethod]
    public void A_link_that_leads_outside_is_refused()
    {
        using var sandbox = new Sandbox().BuiltConsole("""
            <Target Name="MakeLink" AfterTargets="Publish">
              <Exec Command="ln -s /etc/hostname '$(PublishDir)outside'" />
            </Target>
            """);
        sandbox.PublishBuilt().RefusedWith("CSDK6002");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }
}
