namespace Container.Sdk.Engines.Tests.Building;

[TestClass]
public sealed class BuilderSearchTests
{
    private const string OldDocker = "'version --format {{.Server.Version}} {{.Server.MinAPIVersion}}') echo '20.10.24+dfsg1 1.12';;";
    private const string Buildx = "'buildx version') echo 'github.com/docker/buildx 0.13.1';;";
    private const string Buildah = "'--version') echo 'buildah version 1.28.2 (image-spec 1.1.0-rc2, runtime-spec 1.0.2-dev)';;";

    [TestMethod]
    public async Task Docker_with_buildx_builds()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, Buildx);
        Assert.AreEqual("docker", (await FindAsync(engines)).Engine.Name);
    }

    [TestMethod]
    public async Task Where_nothing_else_answers_buildah_builds()
    {
        using var engines = new FakeEngines().Add("buildah", Buildah);
        var engine = (await FindAsync(engines)).Engine;
        Assert.AreEqual(("buildah", "1.28.2"), (engine.Name, engine.Version));
        Assert.AreEqual(Diagnostics.NoEngine, (await Assert.ThrowsExactlyAsync<ContainerException>(() => ContainerEngine.FindAsync(engines.Options, CancellationToken.None))).Diagnostic);
    }

    [TestMethod]
    public async Task A_docker_from_before_BuildKit_is_too_old()
    {
        using var engines = new FakeEngines().Add("docker", OldDocker, Buildx);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => FindAsync(engines));
        Assert.AreEqual(Diagnostics.EngineTooOld, e.Diagnostic);
        Assert.StartsWith("docker 20.10.24+dfsg1 is too old to build with; 23.0 or newer is needed.", e.Message);
    }

    [TestMethod]
    public async Task A_docker_without_buildx_is_never_left_to_its_classic_builder()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker, "buildx*) echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1;;");
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => FindAsync(engines));
        Assert.AreEqual(Diagnostics.BuildxMissing, e.Diagnostic);
        Assert.Contains("'buildx' is not a docker command", e.Message);
    }

    [TestMethod]
    [DataRow("docker", "tcp://far:2375", "DOCKER_HOST=tcp://far:2375 DOCKER_CONTEXT=")]
    [DataRow("docker", "far", "DOCKER_HOST= DOCKER_CONTEXT=far")]
    [DataRow("podman", "ssh://far/run/podman.sock", "CONTAINER_HOST=ssh://far/run/podman.sock CONTAINER_CONNECTION=")]
    [DataRow("podman", "far", "CONTAINER_HOST= CONTAINER_CONNECTION=far")]
    public async Task A_context_or_a_host_reaches_the_program_as_a_variable(string name, string context, string variables)
    {
        var prefix = name == "docker" ? "DOCKER" : "CONTAINER";
        using var engines = new FakeEngines().AddScript(name, $"echo \"{prefix}_HOST=${prefix}_HOST {prefix}_{(name == "docker" ? "CONTEXT=$DOCKER_CONTEXT" : "CONNECTION=$CONTAINER_CONNECTION")}\" >\"$FAKE/seen\"; echo '26.1.5 1.24'");
        var options = engines.Options with
        {
            Preferred = name,
            Context = context,
            Environment = new Dictionary<string, string?>(engines.Options.Environment)
            {
                ["DOCKER_HOST"] = "tcp://near", ["DOCKER_CONTEXT"] = "near", ["CONTAINER_HOST"] = "tcp://near", ["CONTAINER_CONNECTION"] = "near",
            },
        };
        await ContainerEngine.FindAsync(options, CancellationToken.None);
        Assert.AreEqual(variables, File.ReadAllText(engines.Folder["seen"]).Trim());
    }

    private static Task<ImageBuilder> FindAsync(FakeEngines engines) => ImageBuilder.FindAsync(engines.Options, CancellationToken.None);
}
