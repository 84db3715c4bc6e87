namespace Container.Sdk.Engines.Tests;

[TestClass]
public sealed class EngineSearchTests
{
    // What podman 4.3.1 says under the name of Docker.
    private const string Alias = """
        'version --format {{.Server.Version}}'*) echo '4.3.1 '; echo "can't evaluate field MinAPIVersion" >&2; exit 125;;
        --version) echo 'podman version 4.3.1';;
        """;

    [TestMethod]
    public async Task Docker_is_taken_before_podman()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker).Add("podman", FakeEngines.Podman);
        var engine = await FindAsync(engines);
        Assert.AreEqual(("docker", "26.1.5"), (engine.Name, engine.Version));
    }

    [TestMethod]
    public async Task Podman_under_dockers_name_is_podman()
    {
        using var engines = new FakeEngines().Add("docker", Alias, FakeEngines.Podman);
        Assert.AreEqual("podman", (await FindAsync(engines)).Name);
    }

    [TestMethod]
    public async Task Podman_is_taken_where_docker_does_not_answer()
    {
        using var engines = new FakeEngines().Add("docker", "--version) echo 'Docker version 26';;").Add("podman", FakeEngines.Podman);
        Assert.AreEqual("podman", (await FindAsync(engines)).Name);
    }

    [TestMethod]
    [DataRow("podman")]
    [DataRow("Podman")]
    [DataRow(" PODMAN ")]
    public async Task The_engine_that_was_asked_for_is_taken(string preferred)
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker).Add("podman", FakeEngines.Podman);
        Assert.AreEqual("podman", (await FindAsync(engines, preferred)).Name);
    }

    [TestMethod]
    public async Task Another_than_the_one_that_was_asked_for_is_never_taken()
    {
        using var engines = new FakeEngines().Add("docker", "version*) echo 'the daemon is not running' >&2; exit 1;;", "--version) echo Docker;;").Add("podman", FakeEngines.Podman);
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => FindAsync(engines, "Docker"));
        Assert.AreEqual(Diagnostics.NoEngine, e.Diagnostic);
        Assert.Contains("the daemon is not running", e.Message);
    }

    [TestMethod]
    public async Task An_engine_that_is_not_known_is_refused()
    {
        using var engines = new FakeEngines().Add("docker", FakeEngines.Docker);
        Assert.AreEqual(Diagnostics.UnknownValue, (await Assert.ThrowsExactlyAsync<ContainerException>(() => FindAsync(engines, "rkt"))).Diagnostic);
    }

    [TestMethod]
    public async Task Where_there_is_none_both_are_named_with_the_reason()
    {
        using var engines = new FakeEngines();
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => FindAsync(engines));
        Assert.AreEqual(Diagnostics.NoEngine, e.Diagnostic);
        Assert.Contains("docker: it is not in PATH; podman: it is not in PATH", e.Message);
    }

    [TestMethod]
    public async Task A_docker_that_hangs_is_stopped_and_podman_is_taken()
    {
        using var engines = new FakeEngines().AddScript("docker", "echo $$ >\"$FAKE/pid\"; exec /bin/sleep 60").Add("podman", FakeEngines.Podman);
        var engine = await ContainerEngine.FindAsync(engines.Options with { AnswerLimit = TimeSpan.FromSeconds(1) }, CancellationToken.None);
        Assert.AreEqual("podman", engine.Name);
        Assert.IsTrue(await engines.HasEndedAsync("pid"));
    }

    [TestMethod]
    public async Task A_file_that_is_no_program_is_a_reason_and_no_crash()
    {
        using var engines = new FakeEngines().AddScript("docker", "");
        await File.WriteAllBytesAsync(engines.Folder["docker"], [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 0]);
        Assert.AreEqual(Diagnostics.NoEngine, (await Assert.ThrowsExactlyAsync<ContainerException>(() => FindAsync(engines))).Diagnostic);
    }

    private static Task<ContainerEngine> FindAsync(FakeEngines engines, string? preferred = null) =>
        ContainerEngine.FindAsync(engines.Options with { Preferred = preferred }, CancellationToken.None);
}
