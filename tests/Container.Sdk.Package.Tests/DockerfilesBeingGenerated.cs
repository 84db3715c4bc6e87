namespace Container.Sdk.Package.Tests;

/// <summary>A Dockerfile of a project whose files are compiled here: what is written, and who owns it.</summary>
[TestClass]
public sealed class DockerfilesBeingGenerated
{
    private const string Output = "app/obj/Release/net10.0/container";

    private static string Base => $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0";

    [TestMethod]
    public void It_is_written_with_its_layers_and_no_image_is_made()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        StringAssert.Contains(Generate(sandbox).Output, $"app -> {sandbox.PathOf(Output)}/Dockerfile");
        Assert.IsTrue(File.Exists(sandbox.PathOf($"{Output}/.dockerignore")));
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
        Assert.IsFalse(File.Exists(sandbox.PathOf($"{Output}/result.json")));
    }

    [TestMethod]
    public void The_same_project_gives_the_same_text_in_every_folder()
    {
        using var one = new Sandbox().BuiltConsole();
        using var other = new Sandbox().BuiltConsole();
        Generate(one);
        Generate(other);
        Assert.AreEqual(Text(one, $"{Output}/Dockerfile"), Text(other, $"{Output}/Dockerfile"));
        Assert.DoesNotContain(one.Folder, Text(one, $"{Output}/Dockerfile"));
    }

    [TestMethod]
    public void Docker_builds_it_by_hand_and_the_image_runs()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        Generate(sandbox);
        var name = $"csdk-tests/{Guid.NewGuid():N}:byhand";
        try
        {
            Testbed.Docker("buildx", "build", "--tag", name, sandbox.PathOf(Output)).Succeeded();
            StringAssert.Contains(Testbed.Docker("run", "--rm", "--network", "none", name).Succeeded().Output, "Hello");
        }
        finally
        {
            Testbed.Docker("rmi", "--force", name);
        }
    }

    [TestMethod]
    public void It_keeps_the_rules_of_its_craft()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        Generate(sandbox);
        Expect.Sequence(DockerfileLint.Check(Text(sandbox, $"{Output}/Dockerfile")));
    }

    [TestMethod]
    public void The_lock_file_pins_its_base()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Dotnet("app", "msbuild", "-t:UpdateContainerLock", Base).Succeeded();
        Generate(sandbox);
        StringAssert.Matches(Text(sandbox, $"{Output}/Dockerfile"), new($"(?m)^FROM {Testbed.Registry}/dotnet/runtime:10.0@sha256:[0-9a-f]{{64}} AS base$"));
    }

    [TestMethod]
    public void In_the_projects_folder_it_follows_the_project_as_long_as_nobody_changes_it()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        Generate(sandbox, "-p:ContainerDockerfilePath=Dockerfile");
        Generate(sandbox, "-p:ContainerDockerfilePath=Dockerfile", "-p:ContainerUser=1001").SucceededQuietly();
        StringAssert.Contains(Text(sandbox, "app/Dockerfile"), "\nUSER 1001\n");
    }

    [TestMethod]
    public void What_a_person_changed_stays_and_is_what_is_built()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        Generate(sandbox, "-p:ContainerDockerfilePath=Dockerfile");
        var own = Text(sandbox, "app/Dockerfile").Replace("\nWORKDIR", "\nLABEL \"own\"=\"yes\"\nWORKDIR", StringComparison.Ordinal);
        sandbox.Write("app/Dockerfile", own);
        sandbox.Publish("app", "--no-build", Base, "-p:ContainerBackend=Dockerfile", "-p:ContainerDockerfilePath=Dockerfile").SucceededQuietly();
        Assert.AreEqual(own, Text(sandbox, "app/Dockerfile"));
        Assert.AreEqual("yes", LayoutImages.Read(sandbox.Registry, "app:latest").Configuration.Labels["own"]);
    }

    [TestMethod]
    public void It_is_said_when_a_changed_file_no_longer_fits_the_project()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        Generate(sandbox, "-p:ContainerDockerfilePath=Dockerfile");
        var own = Text(sandbox, "app/Dockerfile").Replace("USER 1654", "USER 1999", StringComparison.Ordinal);
        sandbox.Write("app/Dockerfile", own);
        var said = Generate(sandbox, "-p:ContainerDockerfilePath=Dockerfile", "-p:ContainerWorkingDirectory=/srv").WarnedWith("CSDK1035").Output;
        StringAssert.Contains(said, "- WORKDIR /app");
        StringAssert.Contains(said, "+ WORKDIR /srv");
        Assert.AreEqual(own, Text(sandbox, "app/Dockerfile"));
    }

    [TestMethod]
    public void What_another_strategy_left_there_hides_no_layer()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Dotnet("app", "restore").Succeeded();
        Generate(sandbox, "-p:ContainerStrategy=MultiStage", "-p:NoBuild=");
        StringAssert.Contains(Text(sandbox, $"{Output}/Dockerfile.dockerignore"), "\n**\n");
        sandbox.Publish("app", "--no-build", Base, "-p:ContainerBackend=Dockerfile").Succeeded();
        Assert.HasCount(1, LayoutImages.Read(sandbox.Registry, "app:latest").Document()["rootfs"]!["diff_ids"]!.AsArray().Skip(3));
    }

    [TestMethod]
    public void Credentials_in_the_folder_of_a_referenced_project_stay_outside()
    {
        using var sandbox = new Sandbox().Library("Core").Console("app", """<ItemGroup><ProjectReference Include="../Core/Core.csproj" /></ItemGroup>""")
            .Write("Core/NuGet.config", """
                <configuration><packageSourceCredentials><x><add key="Username" value="u" /><add key="ClearTextPassword" value="p" /></x></packageSourceCredentials></configuration>
                """);
        sandbox.Dotnet("app", "msbuild", "-restore", "-v:minimal", "-t:GenerateDockerfile", "-p:Configuration=Release", "-p:ContainerStrategy=BuildFromSource", Base).Succeeded();
        var ignored = Text(sandbox, $"{Output}/Dockerfile.dockerignore").Split('\n').ToList();
        Assert.IsGreaterThan(ignored.IndexOf("!Core"), ignored.IndexOf("Core/NuGet.config"), string.Join('\n', ignored));
    }

    [TestMethod]
    [DataRow("<ContainerLabel Include=\"text\" Value=\"two%0Alines\" />")]
    [DataRow("<ContainerEnvironmentVariable Include=\"TEXT\" Value=\"x%0D%0ARUN echo evil\" />")]
    [DataRow("<ContainerVolume Include=\"/a&quot;b\" /><ContainerLabel Include=\"l%09\" Value=\"v\" />")]
    public void A_value_that_no_Dockerfile_can_say_is_refused(string item)
    {
        using var sandbox = new Sandbox().BuiltConsole($"<ItemGroup>{item}</ItemGroup>");
        var result = sandbox.Publish("app", "--no-build", Base, "-p:ContainerBackend=Dockerfile");
        result.RefusedWith(item.Contains("l%09", StringComparison.Ordinal) ? "CSDK1018" : "CSDK1034");
    }

    [TestMethod]
    public void Without_an_engine_it_is_an_error_and_no_image()
    {
        using var sandbox = new Sandbox().BuiltConsole();
        sandbox.Environment["PATH"] = Path.GetDirectoryName(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : DotnetFolder())!;
        sandbox.Publish("app", "--no-build", Base, "-p:ContainerBackend=Dockerfile").RefusedWith("CSDK9001");
        Assert.IsFalse(Directory.Exists(sandbox.Registry));
    }

    private static string DotnetFolder() => Command.Run("sh", ["-c", "readlink -f \"$(command -v dotnet)\""]).Succeeded().Output.Trim();

    private static CommandResult Generate(Sandbox sandbox, params string[] arguments) =>
        sandbox.Dotnet("app", ["msbuild", "-v:minimal", "-t:GenerateDockerfile", "-p:Configuration=Release", "-p:NoBuild=true", $"-p:ContainerRegistry=oci:{sandbox.Registry}", Base, .. arguments]).Succeeded();

    private static string Text(Sandbox sandbox, string file) => File.ReadAllText(sandbox.PathOf(file));
}
