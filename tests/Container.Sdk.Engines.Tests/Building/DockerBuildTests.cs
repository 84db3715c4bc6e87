using System.Text;

namespace Container.Sdk.Engines.Tests.Building;

[TestClass]
public sealed class DockerBuildTests : IDisposable
{
    private readonly BuildSandbox _sandbox = new();
    private string _shell = "";

    [TestInitialize]
    public async Task An_engine_is_needed()
    {
        await RealTool.RunAsync("docker", "version");
        _shell = await BuildSandbox.ShellAsync();
    }

    public void Dispose() => _sandbox.Dispose();

    [TestMethod]
    public async Task An_image_is_built_from_a_Dockerfile_and_its_steps_are_told_while_it_runs()
    {
        // Never the same, so that no cache has it.
        var said = $"I say {Guid.NewGuid()}";
        var build = _sandbox.Add("hello.txt", "hello").Build($"""
            FROM {_shell} AS build
            WORKDIR /src
            COPY hello.txt .
            RUN echo "{said}" && cp hello.txt copy.txt
            FROM scratch
            LABEL greeting="hello world"
            COPY --link --from=build /src/copy.txt /app/
            """);
        await using var built = await _sandbox.RunAsync(build);
        using var source = await built.OpenAsync(CancellationToken.None);
        var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);

        Assert.HasCount(1, image.Layers);
        Assert.Contains("\"greeting\":\"hello world\"", Encoding.UTF8.GetString(image.ConfigurationBytes));
        Assert.Contains("[build 3/4] COPY hello.txt .", _sandbox.Reporter.Steps);
        Assert.IsTrue(_sandbox.Reporter.Details.Any(l => l.EndsWith(" " + said, StringComparison.Ordinal)), _sandbox.Reporter.Text);
    }

    [TestMethod]
    public async Task A_built_image_is_the_engines_under_the_names_that_it_is_given_and_under_no_other()
    {
        var name = $"csdk-test/{Guid.NewGuid():n}:1";
        string temporary;
        await using (var built = await _sandbox.RunAsync(_sandbox.Build("FROM scratch\nLABEL a=b\n")))
        {
            Assert.IsTrue(built.IsInEngine);
            await built.TagAsync([name], CancellationToken.None);
            temporary = (await TagsAsync(name)).Single(t => t != name);
        }
        Assert.StartsWith("container-sdk-build/", temporary);
        Assert.AreEqual(name, (await TagsAsync(name)).Single());
        await RealTool.RunAsync("docker", "rmi", name);
    }

    [TestMethod]
    public async Task The_same_build_gives_the_same_configuration_at_any_time()
    {
        var build = _sandbox.Add("a", "").Build("FROM scratch\nCOPY a .\nENV c=d\n") with { SourceDateEpoch = 1_700_000_000 };
        await using var built = await _sandbox.RunAsync(build);
        using var source = await built.OpenAsync(CancellationToken.None);
        var configuration = Encoding.UTF8.GetString((await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None)).ConfigurationBytes);
        Assert.Contains("\"created\":\"2023-11-14T22:13:20Z\"", configuration);
    }

    [TestMethod]
    public async Task A_step_that_fails_is_named_with_its_line_and_its_own_errors()
    {
        var build = _sandbox.Build($"""
            FROM {_shell}
            # a comment
            RUN echo restoring && \
                echo "/src/Program.cs(3,5): error CS0103: The name 'x' does not exist [/src/App.csproj]" && \
                for i in 1 2 3 4 5 6 7 8 9; do echo noise; done && exit 3
            """);
        var e = await _sandbox.FailsAsync(build);
        Assert.AreEqual(Diagnostics.BuildStepFailed, e.Diagnostic);
        Assert.StartsWith($"{_sandbox.Dockerfile}:3: the step 'RUN echo restoring", e.Message);
        Assert.Contains("failed: exit code: 3. It says:\n  /src/Program.cs(3,5): error CS0103: The name 'x' does not exist [/src/App.csproj]\nMend", e.Message);
    }

    [TestMethod]
    [DataRow("RUNN x", "unknown instruction: RUNN")]
    [DataRow("COPY", "COPY requires at least two arguments")]
    public async Task What_is_no_Dockerfile_is_named_with_its_line(string instruction, string reason)
    {
        var e = await _sandbox.FailsAsync(_sandbox.Build($"FROM {_shell}\n{instruction}\n"));
        Assert.AreEqual(Diagnostics.InvalidDockerfile, e.Diagnostic);
        Assert.StartsWith($"{_sandbox.Dockerfile}:2: docker does not understand", e.Message);
        Assert.Contains(reason, e.Message);
    }

    [TestMethod]
    [DataRow("csdk-test/none:1", false)]
    [DataRow("127.0.0.1:1/none:1", true)]
    public async Task An_image_to_start_from_that_is_not_there_is_named(string reference, bool transient)
    {
        var name = transient ? reference : $"{BuildSandbox.Registry}/{reference}";
        var e = await _sandbox.FailsAsync(_sandbox.Build($"\nFROM {name}\n"));
        Assert.AreEqual(Diagnostics.BuildImageNotFound, e.Diagnostic);
        Assert.AreEqual(transient, e.Diagnostic.Transient);
        Assert.StartsWith($"{_sandbox.Dockerfile}:2: ", e.Message);
        Assert.Contains(name, e.Message);
    }

    [TestMethod]
    public async Task A_step_in_an_image_without_a_shell_says_so()
    {
        var e = await _sandbox.FailsAsync(_sandbox.Add("a", "").Build("FROM scratch\nCOPY a .\nRUN dotnet publish\n"));
        Assert.AreEqual(Diagnostics.NoShell, e.Diagnostic);
        Assert.StartsWith($"{_sandbox.Dockerfile}:3: the step 'RUN dotnet publish' needs a shell", e.Message);
    }

    [TestMethod]
    public async Task A_file_outside_of_the_context_is_named()
    {
        var e = await _sandbox.FailsAsync(_sandbox.Build("FROM scratch\nCOPY missing.txt .\n"));
        Assert.AreEqual(Diagnostics.NotInContext, e.Diagnostic);
        Assert.StartsWith($"{_sandbox.Dockerfile}:2: the step 'COPY missing.txt .' copies what is not there: \"/missing.txt\": not found", e.Message);
    }

    [TestMethod]
    public async Task No_room_left_is_told_from_a_step_that_fails()
    {
        var e = await _sandbox.FailsAsync(_sandbox.Build($"FROM {_shell}\nRUN --mount=type=tmpfs,target=/t,size=100000 dd if=/dev/zero of=/t/x bs=1M count=10\n"));
        Assert.AreEqual(Diagnostics.EngineDiskFull, e.Diagnostic);
        Assert.Contains("No space left on device", e.Message);
    }

    private static async Task<string[]> TagsAsync(string name) =>
        Encoding.UTF8.GetString(await RealTool.RunAsync("docker", "image", "inspect", "--format", "{{join .RepoTags \"\\n\"}}", name)).Trim().Split('\n');
}
