using System.Text;

namespace Container.Sdk.Engines.Tests.Building;

/// <summary>Podman and Buildah build the same files, and fail with the same codes.</summary>
[TestClass]
public sealed class BuildahBuildTests : IDisposable
{
    private const string Buildah = "buildah";
    private const string Podman = "podman";

    private readonly BuildSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [TestMethod]
    [DataRow(Buildah)]
    [DataRow(Podman)]
    public async Task An_image_is_built_from_the_Dockerfile_that_docker_builds(string engine)
    {
        var shell = await NeedsAsync(engine);
        var said = $"I say {Guid.NewGuid()}";
        var extra = Directory.CreateDirectory(Path.Combine(_sandbox.Folder, "extra")).FullName;
        await File.WriteAllTextAsync(Path.Combine(extra, "extra.txt"), "extra");
        var build = _sandbox.Add("hello.txt", "hello").Build($"""
            FROM {shell} AS build
            ARG GREETING
            WORKDIR /src
            COPY --link hello.txt .
            RUN --mount=type=secret,id=token test "$(cat /run/secrets/token)" = geheim-4711 && cat /run/secrets/token && echo "{said} $GREETING"
            FROM scratch
            LABEL greeting="hello world"
            COPY --link --chmod=755 --from=build /src/hello.txt /app/
            COPY --from=more extra.txt /app/
            """) with
        {
            Secrets = [new BuildSecret("token", "geheim-4711")],
            Arguments = [new("GREETING", "hi there")],
            NamedContexts = [new("more", extra)],
        };
        await using (var built = await _sandbox.RunAsync(build, _sandbox.Options(engine)))
        {
            Assert.AreEqual(engine == Podman, built.IsInEngine);
            using var source = await built.OpenAsync(CancellationToken.None);
            var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);
            Assert.HasCount(2, image.Layers);
            Assert.Contains("\"greeting\":\"hello world\"", Encoding.UTF8.GetString(image.ConfigurationBytes));
            Assert.DoesNotContain("geheim-4711", Encoding.UTF8.GetString(image.ConfigurationBytes));
        }
        Assert.Contains("***", _sandbox.Reporter.Text);
        Assert.DoesNotContain("geheim-4711", _sandbox.Reporter.Text);
        Assert.Contains($"{said} hi there", _sandbox.Reporter.Text);
        Assert.IsEmpty(_sandbox.Leftovers);
        Assert.DoesNotContain("container-sdk-build", Encoding.UTF8.GetString(await RealTool.RunAsync(engine, "images")));
    }

    [TestMethod]
    [DataRow(Buildah)]
    [DataRow(Podman)]
    public async Task A_step_that_fails_is_named_with_its_line_and_its_own_errors(string engine)
    {
        var shell = await NeedsAsync(engine);
        var build = _sandbox.Build($"""
            # a comment

            FROM {shell}
            RUN echo before
            RUN echo restoring && \
                # another
                echo "/src/Program.cs(3,5): error CS0103: The name 'x' does not exist" && \
                echo noise && exit 3
            """);
        var e = await _sandbox.FailsAsync(build, _sandbox.Options(engine));
        Assert.AreEqual(Diagnostics.BuildStepFailed, e.Diagnostic);
        Assert.StartsWith($"{_sandbox.Dockerfile}:5: the step 'RUN echo restoring", e.Message);
        Assert.Contains("failed: exit status 3. It says:\n  /src/Program.cs(3,5): error CS0103: The name 'x' does not exist\nMend", e.Message);
    }

    [TestMethod]
    [DataRow(Buildah)]
    [DataRow(Podman)]
    public async Task What_fails_otherwise_has_the_code_that_it_has_with_docker(string engine)
    {
        var shell = await NeedsAsync(engine);
        await FailsAsync(Diagnostics.InvalidDockerfile, $"FROM {shell}\nRUNN x\n", ":2: ");
        await FailsAsync(Diagnostics.InvalidDockerfile, "", "");
        await FailsAsync(Diagnostics.BuildImageNotFound, $"\nFROM {BuildSandbox.Registry}/csdk-test/none:1\n", ":2: ");
        await FailsAsync(Diagnostics.NoShell, "FROM scratch\nCOPY a .\nRUN dotnet publish\n", ":3: the step 'RUN dotnet publish' needs a shell");
        await FailsAsync(Diagnostics.NotInContext, "FROM scratch\nCOPY missing.txt .\n", ":2: the step 'COPY missing.txt .' copies what is not there");

        async Task FailsAsync(Diagnostic diagnostic, string dockerfile, string says)
        {
            var e = await _sandbox.FailsAsync(_sandbox.Add("a", "").Build(dockerfile), _sandbox.Options(engine));
            Assert.AreEqual(diagnostic, e.Diagnostic, e.Message);
            Assert.Contains(says, e.Message);
        }
    }

    [TestMethod]
    [DataRow(Buildah)]
    [DataRow(Podman)]
    public async Task Credentials_that_the_user_has_not_saved_reach_the_engine(string engine)
    {
        var shell = await NeedsAsync(engine);
        using var registry = RegistryProcess.Start();
        var settings = Path.Combine(_sandbox.Folder, "registries.conf");
        await File.WriteAllTextAsync(settings, $"[[registry]]\nlocation = \"{registry.Host}\"\ninsecure = true\n");
        await RealTool.RunAsync("skopeo", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", "--dest-creds", $"{RegistryProcess.User}:{RegistryProcess.Password}", $"docker://{shell}", $"docker://{registry.Host}/shell:1");

        var options = _sandbox.Options(engine);
        options = options with { Environment = new Dictionary<string, string?>(options.Environment) { ["CONTAINERS_REGISTRIES_CONF"] = settings } };
        var build = _sandbox.Build($"FROM {registry.Host}/shell:1\nRUN echo {Guid.NewGuid()}\n");
        Assert.AreEqual(Diagnostics.BuildImageNotFound, (await _sandbox.FailsAsync(build, options)).Diagnostic);
        await using (await _sandbox.RunAsync(build with { Logins = [new RegistryLogin(registry.Host, RegistryProcess.User, RegistryProcess.Password)] }, options)) { }
        Assert.IsEmpty(_sandbox.Leftovers);
    }

    [TestMethod]
    [DataRow("docker")]
    [DataRow(Buildah)]
    [DataRow(Podman)]
    public async Task What_is_named_in_the_dockerignore_beside_the_Dockerfile_is_left_out(string engine)
    {
        await NeedsAsync(engine);
        var build = _sandbox.Add("kept.txt", "").Add("left.txt", "").Build("FROM scratch\nCOPY . /app/\nCOPY left.txt /\n");
        await File.WriteAllTextAsync($"{_sandbox.Dockerfile}.dockerignore", "left.txt\n");
        var e = await _sandbox.FailsAsync(build, _sandbox.Options(engine));
        Assert.AreEqual(Diagnostics.NotInContext, e.Diagnostic, e.Message);
        Assert.StartsWith($"{_sandbox.Dockerfile}:3: the step 'COPY left.txt /' copies what is not there", e.Message);
    }

    [TestMethod]
    public async Task Podman_gives_a_built_image_the_names_that_it_is_told()
    {
        await NeedsAsync(Podman);
        var name = $"localhost/csdk-test/{Guid.NewGuid():n}:1";
        await using (var built = await _sandbox.RunAsync(_sandbox.Add("a", name).Build("FROM scratch\nCOPY a .\n"), _sandbox.Options(Podman)))
            await built.TagAsync([name], CancellationToken.None);
        await RealTool.RunAsync(Podman, "rmi", name);
    }

    [TestMethod]
    public async Task A_build_that_is_stopped_leaves_nothing_with_buildah()
    {
        var shell = await NeedsAsync(Buildah);
        var seconds = 100_000 + Random.Shared.Next(100_000);
        var before = await ContainersAsync();
        using var stop = new CancellationTokenSource();
        var run = _sandbox.RunAsync(_sandbox.Build($"FROM {shell}\nRUN echo started {seconds} && sleep {seconds}\n"), _sandbox.Options(Buildah), stop.Token);
        while (!_sandbox.Reporter.Details.Contains($"started {seconds}") && !run.IsCompleted) await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.IsEmpty(_sandbox.Leftovers);
        Assert.IsFalse(Processes.AnyWith($"sleep\0{seconds}"));
        Assert.AreEqual(before, await ContainersAsync());
    }

    [TestMethod]
    public async Task What_only_docker_can_do_is_refused()
    {
        await NeedsAsync(Buildah);
        var build = _sandbox.Build("FROM scratch\n") with { Builder = "remote" };
        Assert.AreEqual(Diagnostics.EngineCannot, (await _sandbox.FailsAsync(build, _sandbox.Options(Buildah))).Diagnostic);
        Assert.AreEqual(Diagnostics.EngineCannot, (await _sandbox.FailsAsync(build, _sandbox.Options(Buildah) with { Context = "remote" })).Diagnostic);
    }

    [TestMethod]
    public async Task Buildah_runs_no_containers_and_keeps_no_images_for_others_and_says_so()
    {
        await NeedsAsync(Buildah);
        var engine = await ContainerEngine.FindAsync(_sandbox.Options(Buildah), CancellationToken.None);
        await RefusesAsync(() => engine.RunAsync(new ContainerRun { Image = "app", Command = ["app"] }, _ => { }, CancellationToken.None));
        await RefusesAsync(() => new EngineImageDestination(_sandbox.Options(Buildah), SampleImage.Repository, SampleImage.Tags).PrepareAsync(new SilentReporter(), CancellationToken.None));
        using var source = new EngineImageSource(new DaemonReference("app:1"), _sandbox.Options(Buildah));
        await RefusesAsync(() => source.ResolveAsync(SampleImage.Amd64, CancellationToken.None));

        static async Task RefusesAsync(Func<Task> what) => Assert.AreEqual(Diagnostics.EngineCannot, (await Assert.ThrowsExactlyAsync<ContainerException>(what)).Diagnostic);
    }

    private static async Task<string> ContainersAsync() => Encoding.UTF8.GetString(await RealTool.RunAsync(Buildah, "containers", "--quiet"));

    private static async Task<string> NeedsAsync(string engine)
    {
        await RealTool.RunAsync(engine, "--version");
        return await BuildSandbox.ShellAsync();
    }
}
