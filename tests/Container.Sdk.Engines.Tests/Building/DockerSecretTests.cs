using System.Text;

namespace Container.Sdk.Engines.Tests.Building;

/// <summary>Secrets reach the steps that ask for them, and nobody else; what is stopped leaves nothing.</summary>
[TestClass]
public sealed class DockerSecretTests : IDisposable
{
    private const string Canary = "canary-4711-geheim";

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
    [DataRow(10)]
    [DataRow(100_000)]
    public async Task A_secret_of_any_size_reaches_its_step_and_is_in_no_layer_history_or_log(int padding)
    {
        var secret = $"{Canary}\n{new string('x', padding)}\n";
        var build = _sandbox.Build($"""
            FROM {_shell}
            RUN --mount=type=secret,id=token test "$(wc -c < /run/secrets/token)" = {secret.Length} && head -n 1 /run/secrets/token && echo {Guid.NewGuid()} > /done
            """) with { Secrets = [new BuildSecret("token", secret)] };
        await using var built = await _sandbox.RunAsync(build);
        using var source = await built.OpenAsync(CancellationToken.None);
        var image = await source.ResolveAsync(SampleImage.Amd64, CancellationToken.None);

        Assert.Contains("***", _sandbox.Reporter.Text);
        Assert.DoesNotContain(Canary, _sandbox.Reporter.Text);
        Assert.DoesNotContain(Canary, Encoding.UTF8.GetString(image.ConfigurationBytes));
        foreach (var layer in image.Layers)
            Assert.IsLessThan(0, (await SampleImage.ReadAsync(layer)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)));
    }

    [TestMethod]
    public async Task A_step_that_fails_does_not_show_its_secret()
    {
        var build = _sandbox.Build($"FROM {_shell}\nRUN --mount=type=secret,id=token echo \"error: $(cat /run/secrets/token) was refused\"; exit 1\n");
        var e = await _sandbox.FailsAsync(build with { Secrets = [new BuildSecret("token", Canary)] });
        Assert.Contains("error: *** was refused", e.Message);
    }

    [TestMethod]
    public async Task A_secret_that_was_not_given_is_named()
    {
        var e = await _sandbox.FailsAsync(_sandbox.Build($"FROM {_shell}\nRUN --mount=type=secret,id=token,required=true true\n"));
        Assert.AreEqual(Diagnostics.BuildFailed, e.Diagnostic);
        Assert.Contains("secret token: not found", e.Message);
    }

    [TestMethod]
    public async Task While_it_builds_no_command_line_has_a_secret_and_once_stopped_nothing_is_left()
    {
        var seconds = 100_000 + Random.Shared.Next(100_000);
        using var stop = new CancellationTokenSource();
        var build = _sandbox.Build($"FROM {_shell}\nRUN --mount=type=secret,id=token echo started {seconds} && sleep {seconds}\n") with
        {
            Secrets = [new BuildSecret("token", Canary)],
            Logins = [new RegistryLogin("registry.example", "bob", Canary)],
        };
        var run = _sandbox.RunAsync(build, cancellation: stop.Token);
        while (!_sandbox.Reporter.Details.Any(l => l.EndsWith($" started {seconds}", StringComparison.Ordinal)) && !run.IsCompleted) await Task.Delay(20);
        Assert.IsFalse(run.IsCompleted, _sandbox.Reporter.Text);
        Assert.IsFalse(Processes.AnyWith(Canary));
        var tag = Processes.CommandLines().Where(c => c.Contains(_sandbox.Dockerfile, StringComparison.Ordinal))
            .SelectMany(c => c.Split('\0')).First(a => a.StartsWith("container-sdk-build/", StringComparison.Ordinal));

        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.IsEmpty(_sandbox.Leftovers);
        Assert.DoesNotContain(tag, Encoding.UTF8.GetString(await RealTool.RunAsync("docker", "images", "--format", "{{.Repository}}:{{.Tag}}")));
        // The engine stops the step when it notices that nobody waits for it.
        for (var i = 0; i < 300 && Processes.AnyWith($"sleep\0{seconds}"); i++) await Task.Delay(100);
        Assert.IsFalse(Processes.AnyWith($"sleep\0{seconds}"));
    }
}
