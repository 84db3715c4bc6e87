using System.Formats.Tar;
using System.Text;
using Container.Sdk.Engines.Tests.Building;

namespace Container.Sdk.Engines.Tests.Running;

/// <summary>Programs in containers of Docker.</summary>
[TestClass]
public sealed class DockerRunTests() : ContainerRunTests("docker");

/// <summary>Programs in containers of Podman.</summary>
[TestClass]
public sealed class PodmanRunTests() : ContainerRunTests("podman");

/// <summary>What is said of every engine that runs containers.</summary>
public abstract class ContainerRunTests(string engine) : IDisposable
{
    private readonly BuildSandbox _sandbox = new();
    private readonly List<string> _output = [];
    private string _shell = "";

    [TestInitialize]
    public async Task An_engine_is_needed()
    {
        await RealTool.RunAsync(engine, "version");
        _shell = await BuildSandbox.ShellAsync();
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        GC.SuppressFinalize(this);
    }

    [TestMethod]
    public async Task A_program_runs_and_its_exit_code_and_output_come_back()
    {
        Assert.AreEqual(7, await RunAsync(Shell("echo out; echo err >&2; exit 7")));
        Expect.Sequence(_output.Order(StringComparer.Ordinal), "err", "out");
        await NothingIsLeftAsync();
    }

    [TestMethod]
    public async Task An_image_that_the_engine_lacks_is_pulled_which_is_told_apart_from_what_the_program_says()
    {
        var image = $"{BuildSandbox.Registry}/csdk-test/shell:{Guid.NewGuid():n}";
        await RealTool.RunAsync("skopeo", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{_shell}", $"docker://{image}");
        Assert.AreEqual(0, await RunAsync(Shell("echo out") with { Image = image, Reporter = _sandbox.Reporter }));
        Expect.Sequence(_output, "out");
        Expect.Sequence(_sandbox.Reporter.Steps, $"pulling {image}");
        await RealTool.RunAsync(engine, "rmi", image);
    }

    [TestMethod]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        string[] arguments = ["a b", "", "$HOME", "*", "\"q\"", "--rm"];
        await RunAsync(Shell("for a in \"$@\"; do echo \"[$a]\"; done") is var run ? run with { Command = [.. run.Command, "sh", .. arguments] } : null!);
        Expect.Sequence(_output, [.. arguments.Select(a => $"[{a}]")]);
    }

    [TestMethod]
    public async Task Variables_have_exactly_their_values()
    {
        var run = Shell("echo \"[$A][$B][$C]\"") with { Environment = [new("A", " x=\"$y\" # z "), new("B", ""), new("C", "two\nlines")] };
        await RunAsync(run);
        Assert.AreEqual("[ x=\"$y\" # z ][][two\nlines]", string.Join('\n', _output));
    }

    [TestMethod]
    public async Task User_folder_and_mounts_are_as_asked()
    {
        Directory.CreateDirectory(Path.Combine(_sandbox.Folder, "a,b"));
        await File.WriteAllTextAsync(Path.Combine(_sandbox.Folder, "a,b", "in.txt"), "mounted");
        var run = Shell("id -u; id -g; pwd; cat in.txt; echo; touch x 2>&1") with
        {
            User = "1234:5678",
            WorkingDirectory = "/work",
            Mounts = [ContainerMount.Bind(Path.Combine(_sandbox.Folder, "a,b"), "/work", readOnly: true)],
        };
        Assert.AreNotEqual(0, await RunAsync(run));
        Expect.Sequence(_output.Take(4), "1234", "5678", "/work", "mounted");
        Assert.Contains("Read-only", _output[4]);
    }

    [TestMethod]
    public async Task A_volume_keeps_what_one_container_wrote_for_the_next()
    {
        var name = $"csdk-test-{Guid.NewGuid():n}";
        try
        {
            await RunAsync(Shell("echo kept > /v/file") with { Mounts = [ContainerMount.Volume(name, "/v")] });
            await RunAsync(Shell("cat /v/file") with { Mounts = [ContainerMount.Volume(name, "/v")] });
            Expect.Sequence(_output, "kept");
        }
        finally
        {
            await RealTool.RunAsync(engine, "volume", "rm", name);
        }
    }

    [TestMethod]
    public async Task Files_go_in_before_and_come_out_afterwards()
    {
        using var tar = new MemoryStream();
        var run = Shell("mkdir /out && cat /src/in.txt > /out/out.txt && ls -ln /src/in.txt") with { In = [new CopyIn("/", WriteSourceAsync)], Out = [new CopyOut("/out", tar)] };
        Assert.AreEqual(0, await RunAsync(run));
        tar.Position = 0;
        using var reader = new TarReader(tar);
        var files = new List<string>();
        while (await reader.GetNextEntryAsync() is { } entry)
            if (entry.EntryType is TarEntryType.RegularFile) files.Add($"{entry.Name}: {await new StreamReader(entry.DataStream!).ReadToEndAsync()}");
        Expect.Sequence(files, "out/out.txt: copied in");
        Assert.Contains("1234     5678", _output[0]);
    }

    [TestMethod]
    public async Task Of_a_program_that_fails_nothing_is_copied_out()
    {
        using var tar = new MemoryStream();
        Assert.AreEqual(1, await RunAsync(Shell("mkdir /out; exit 1") with { Out = [new CopyOut("/out", tar)] }));
        Assert.AreEqual(0, tar.Length);
    }

    [TestMethod]
    public async Task What_is_hidden_is_in_no_output()
    {
        await RunAsync(Shell("echo $T") with { Environment = [new("T", "geheim-4711")], Hidden = ["geheim-4711"] });
        Expect.Sequence(_output, "***");
    }

    [TestMethod]
    public async Task One_who_stops_stops_the_container_too()
    {
        using var stop = new CancellationTokenSource();
        var marker = Path.Combine(_sandbox.Folder, "running");
        var run = RunAsync(Shell("touch /work/running; sleep 600") with { Mounts = [ContainerMount.Bind(_sandbox.Folder, "/work")] }, stop.Token);
        while (!File.Exists(marker) && !run.IsCompleted) await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        await NothingIsLeftAsync();
    }

    [TestMethod]
    public async Task A_program_that_the_image_lacks_is_an_error_of_the_engine()
    {
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => RunAsync(Shell("") with { Command = ["/no/such/program"] }));
        Assert.AreEqual(Diagnostics.ContainerNotStarted, e.Diagnostic);
        Assert.Contains("/no/such/program", e.Message);
        await NothingIsLeftAsync();
    }

    [TestMethod]
    public async Task An_image_that_cannot_be_pulled_is_named()
    {
        var image = $"{BuildSandbox.Registry}/csdk-test/none:1";
        var e = await Assert.ThrowsExactlyAsync<ContainerException>(() => RunAsync(Shell("") with { Image = image }));
        Assert.AreEqual(Diagnostics.ContainerNotStarted, e.Diagnostic);
        Assert.StartsWith($"{engine} could not run a container of {image}: ", e.Message);
    }

    private ContainerRun Shell(string script) => new() { Image = _shell, Command = ["/bin/sh", "-c", script], Network = "host" };

    private async Task<int> RunAsync(ContainerRun run, CancellationToken cancellation = default)
    {
        var found = await ContainerEngine.FindAsync(_sandbox.Options(engine), cancellation);
        return await found.RunAsync(run, _output.Add, cancellation);
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.IsEmpty(_sandbox.Leftovers);
        var names = Encoding.UTF8.GetString(await RealTool.RunAsync(engine, "ps", "--all", "--filter", $"ancestor={_shell}", "--format", "{{.Command}} {{.Names}}"));
        Assert.DoesNotContain("sleep 600", names);
        Assert.DoesNotContain("exit 7", names);
        Assert.DoesNotContain("/no/such", names);
    }

    private static async Task WriteSourceAsync(Stream output, CancellationToken cancellation)
    {
        await using var writer = new TarWriter(output, leaveOpen: true);
        await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "src/"), cancellation);
        var file = new PaxTarEntry(TarEntryType.RegularFile, "src/in.txt") { DataStream = new MemoryStream("copied in"u8.ToArray()), Uid = 1234, Gid = 5678 };
        await writer.WriteEntryAsync(file, cancellation);
    }
}
