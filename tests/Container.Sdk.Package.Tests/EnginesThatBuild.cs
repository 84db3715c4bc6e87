namespace Container.Sdk.Package.Tests;

/// <summary>One Dockerfile, built by every engine that can: the same image, whoever builds it and wherever.</summary>
[TestClass]
public sealed class EnginesThatBuild
{
    private static string Base => $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0";

    [TestMethod]
    [DataRow("docker")]
    [DataRow("podman")]
    [DataRow("buildah")]
    public void Make_the_image_that_the_built_in_back_end_makes(string engine)
    {
        Testbed.ToolPath(engine);
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><ContainerEnvironmentVariable Include="ODD" Value="a $HOME &quot;q&quot; # \" /><ContainerLabel Include="l" Value="$x" /></ItemGroup>""");
        sandbox.Publish("app", "--no-build", Base, "-p:ContainerRepository=builtin").Succeeded();
        sandbox.Publish("app", "--no-build", Base, "-p:ContainerRepository=built", "-p:ContainerBackend=Dockerfile", $"-p:ContainerEngine={engine}").Succeeded();
        var (one, other) = (LayoutImages.Read(sandbox.Registry, "builtin:latest"), LayoutImages.Read(sandbox.Registry, "built:latest"));
        Expect.Sequence(ImageTree.Of(other, 2), [.. ImageTree.Of(one, 2)]);
        Expect.Sequence(ImageTree.SettingsOf(other), [.. ImageTree.SettingsOf(one)]);
    }

    [TestMethod]
    public void On_another_machine_build_there_and_keep_the_image_there()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        var name = $"csdk-tests/{Guid.NewGuid():N}";
        string[] there = ["--host", Testbed.SecondEngine];
        try
        {
            sandbox.Publish("app", "--no-build", Base, "-p:ContainerRegistry=", $"-p:ContainerRepository={name}", "-p:ContainerBackend=Dockerfile", "-p:ContainerEngine=docker", $"-p:ContainerEngineContext={Testbed.SecondEngine}").Succeeded();
            StringAssert.Contains(Testbed.Docker([.. there, "run", "--rm", "--network", "none", $"{name}:latest"]).Succeeded().Output, "Hello");
            Assert.AreNotEqual(0, Testbed.Docker("image", "inspect", $"{name}:latest").ExitCode, "It is here too.");
        }
        finally
        {
            Testbed.Docker([.. there, "rmi", "--force", $"{name}:latest"]);
        }
    }
}
