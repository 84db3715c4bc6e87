using System.Text.Json.Nodes;

namespace Container.Sdk.Package.Tests;

/// <summary>The Dockerfiles of a solution, and the file for docker buildx bake that names them all.</summary>
[TestClass]
public sealed class MultiStageOfSolutions
{
    [TestMethod]
    public void A_solution_has_one_file_with_a_target_for_each_app()
    {
        using var sandbox = new Sandbox().Library("Acme.Core").Console("one").Console("two", "<PropertyGroup><ContainerRepository>team/two</ContainerRepository></PropertyGroup>").Solve("All.slnx", "one", "two", "Acme.Core");
        sandbox.Dotnet("", "msbuild", "All.slnx", "-restore", "-t:GenerateDockerfile", "-v:minimal", "-p:ContainerStrategy=MultiStage", $"-p:ContainerBaseImage={Testbed.Registry}/dotnet/runtime:10.0", "-p:ContainerRegistry=r.example").SucceededQuietly();

        var targets = JsonNode.Parse(File.ReadAllText(sandbox.PathOf("docker-bake.json")))!["target"]!.AsObject();
        Expect.Sequence(targets.Select(t => t.Key), "one", "two");
        Assert.AreEqual("r.example/team/two:latest", (string?)targets["two"]!["tags"]![0]);
        Assert.AreEqual(".", (string?)targets["one"]!["context"]);
        Assert.Contains("\"-c\", \"Release\"", File.ReadAllText(sandbox.PathOf((string)targets["one"]!["dockerfile"]!)));
        // Docker itself reads it.
        Assert.Contains("r.example/one:latest", sandbox.Run("docker", "", "buildx", "bake", "--print").Succeeded().Output);
    }

    [TestMethod]
    public void A_reference_to_a_project_that_is_not_there_is_named()
    {
        using var sandbox = new Sandbox().Console("app", """<ItemGroup><ProjectReference Include="../Nope/Nope.csproj" ReferenceOutputAssembly="false" /></ItemGroup>""");
        var output = sandbox.Dotnet("app", "msbuild", "-restore", "-t:GenerateDockerfile", "-v:minimal", "-p:ContainerStrategy=MultiStage", "-p:ContainerBaseImage=scratch");
        Assert.AreNotEqual(0, output.ExitCode);
        Assert.Contains("CSDK1042", output.Output);
    }
}
