namespace Container.Sdk.Package.Tests;

/// <summary>Files and steps that a project adds to its image.</summary>
[TestClass]
public sealed class StepsOfTheProject
{
    // It has a shell and a runtime.
    private static string WithShell => $"-p:ContainerBaseImage={BuildImages.Sdk}";

    [TestMethod]
    public void Commands_run_in_their_order_before_the_app_and_after_it()
    {
        using var sandbox = new Sandbox().BuiltConsole("""
            <ItemGroup>
              <ContainerRun Include="last" Command="ls /app/app.dll &gt;&gt; /log" Order="200" />
              <ContainerRun Include="second" Command="echo &quot;second %24(id -g) `id -u` #&quot; &gt;&gt; /log" Order="2" />
              <ContainerRun Include="first" Command="echo first &gt; /log; test ! -e /app/app.dll" Order="1" />
            </ItemGroup>
            """);
        using var repository = new EngineRepository();
        sandbox.Publish("app", ["--no-build", "-p:ContainerBackend=Dockerfile", "-p:ContainerBuildNetwork=host", WithShell, .. repository.Properties]).Succeeded();
        Assert.AreEqual("first\nsecond 0 0 #\n/app/app.dll\n", Testbed.Docker("run", "--rm", "--network", "none", "--entrypoint", "cat", $"{repository.Name}:latest", "/log").Succeeded().Output);
        StringAssert.Contains(repository.Run().Succeeded().Output, "Hello");
    }

    [TestMethod]
    public void A_command_that_a_Dockerfile_would_read_in_its_own_way_reaches_the_shell_as_it_is()
    {
        using var sandbox = new Sandbox().BuiltConsole("""
            <ItemGroup><ContainerRun Include="odd" Command="printf '%s' 'a&lt;&lt;EOF $HOME \n' &gt; /log%0Aprintf '%s' &quot;[b]&quot; &gt;&gt; /log" /></ItemGroup>
            """);
        using var repository = new EngineRepository();
        sandbox.Publish("app", ["--no-build", "-p:ContainerBackend=Dockerfile", "-p:ContainerBuildNetwork=host", WithShell, .. repository.Properties]).Succeeded();
        Assert.AreEqual("a<<EOF $HOME \\n[b]", Testbed.Docker("run", "--rm", "--network", "none", "--entrypoint", "cat", $"{repository.Name}:latest", "/log").Succeeded().Output.TrimEnd('\n'));
    }

    [TestMethod]
    public void A_command_that_fails_ends_the_publish_with_its_own_words_and_leaves_no_image()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><ContainerRun Include="bad" Command="echo the disk is on fire; exit 7" /></ItemGroup>""");
        var said = sandbox.Publish("app", "--no-build", "-p:ContainerBackend=Dockerfile", "-p:ContainerBuildNetwork=host", WithShell);
        Assert.AreNotEqual(0, said.ExitCode);
        StringAssert.Contains(said.Output, "error CSDK9003: ");
        StringAssert.Contains(said.Output, "the disk is on fire");
        StringAssert.Contains(said.Output, "Dockerfile:");
        Assert.IsFalse(File.Exists(Path.Combine(sandbox.Registry, "index.json")));
    }

    [TestMethod]
    public void A_command_in_an_image_without_a_shell_says_so()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><ContainerRun Include="true" /></ItemGroup>""");
        var said = sandbox.Publish("app", "--no-build", "-p:ContainerBackend=Dockerfile", "-p:ContainerBuildNetwork=host", "-p:ContainerBaseImage=scratch");
        Assert.AreNotEqual(0, said.ExitCode);
        StringAssert.Contains(said.Output, "error CSDK9007: ");
    }

    [TestMethod]
    public void Packages_of_the_system_are_installed_by_what_the_image_has()
    {
        using var sandbox = new Sandbox().BuiltConsole("""<ItemGroup><ContainerSystemPackage Include="tzdata;curl" /><ContainerSystemPackage Include="ca-certificates=1" Order="5" /></ItemGroup>""");
        sandbox.Dotnet("app", "msbuild", "-v:minimal", "-t:GenerateDockerfile", "-p:Configuration=Release", "-p:NoBuild=true", "-p:ContainerBackend=Dockerfile", $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0").Succeeded();
        var text = File.ReadAllText(sandbox.PathOf("app/obj/Release/net10.0/container/Dockerfile"));
        StringAssert.Contains(text, "apt-get install --yes --no-install-recommends curl tzdata ");
        StringAssert.Contains(text, "apk add --no-cache ca-certificates=1");
        Expect.Sequence(DockerfileLint.Check(text));
    }
}
