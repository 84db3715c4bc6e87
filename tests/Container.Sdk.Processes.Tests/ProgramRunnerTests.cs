using System.Diagnostics;

namespace Container.Sdk.Processes.Tests;

[TestClass]
public sealed class ProgramRunnerTests
{
    [TestMethod]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        string[] arguments = ["a b", "", "$(echo x)", "*", "\"quoted\"", "it's", "back\\slash", "; echo x", "über"];
        var result = await RunAsync("for a in \"$@\"; do printf '[%s]\\n' \"$a\"; done", c => c with { Arguments = arguments });
        Expect.Sequence(result.Output.Split('\n'), [.. arguments.Select(a => $"[{a}]")]);
    }

    [TestMethod]
    public async Task Variables_are_added_and_taken_away()
    {
        var result = await RunAsync("echo \"[$ADDED][$HOME]\"", c => c with { Environment = new Dictionary<string, string?> { ["ADDED"] = "x", ["HOME"] = null } });
        Assert.AreEqual("[x][]", result.Output);
    }

    [TestMethod]
    public async Task A_program_that_fails_is_a_result_with_its_own_words()
    {
        var result = await RunAsync("echo out; echo 'went wrong' >&2; exit 3");
        Assert.AreEqual((3, "out", "went wrong"), (result.ExitCode, result.Output, result.Error));
        Assert.AreEqual("went wrong", result.Reason);
    }

    [TestMethod]
    public async Task Of_endless_output_the_start_is_kept_and_of_endless_errors_the_end()
    {
        var result = await RunAsync("echo first; /usr/bin/head -c 3000000 /dev/zero | /usr/bin/tr '\\0' x; /usr/bin/head -c 3000000 /dev/zero | /usr/bin/tr '\\0' y >&2; echo last >&2");
        Assert.StartsWith("first", result.Output);
        Assert.EndsWith("last", result.Error);
        Assert.IsLessThanOrEqualTo(1 << 20, result.Output.Length);
        Assert.IsLessThanOrEqualTo(16 << 10, result.Error.Length);
    }

    [TestMethod]
    public async Task Each_line_is_told_as_it_comes_and_without_what_only_a_terminal_understands()
    {
        var lines = new List<string>();
        await RunAsync("printf '\\033[31mred\\033[0m\\n10%%\\r20%%\\r\\n'; printf '##vso\\033]0;title\\007\\tx\\n'; printf 'no end'", c => c with { Lines = lines.Add });
        Expect.Sequence(lines, "red", "20%", "##vso x", "no end");
    }

    [TestMethod]
    public async Task A_program_that_is_asked_to_end_can_tidy_up_first()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("there are no signals on Windows");
        using var engines = new FakePrograms();
        using var stop = new CancellationTokenSource();
        var run = RunAsync("trap 'echo tidy >\"$0.tidy\"; exit 1' TERM; echo $$ >\"$0.pid\"; while :; do /bin/sleep 0.1; done", c => c with { EndsItself = true }, engines, stop.Token);
        while (!File.Exists(engines.Folder["program.pid"])) await Task.Delay(10);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.IsTrue(File.Exists(engines.Folder["program.tidy"]));
    }

    [TestMethod]
    public async Task What_is_written_reaches_the_program_and_what_it_writes_comes_back()
    {
        using var output = new MemoryStream();
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        await RunAsync("/bin/cat", c => c with { Input = (input, stop) => input.WriteAsync(content, stop).AsTask(), Output = output });
        Assert.AreEqual(Digest.Of(content), Digest.Of(output.ToArray()));
    }

    [TestMethod]
    public async Task A_program_without_input_finds_its_end_at_once() => Assert.AreEqual("[]", (await RunAsync("echo \"[$(/bin/cat)]\"")).Output);

    [TestMethod]
    public async Task A_program_that_reads_nothing_of_its_input_is_no_error()
    {
        var result = await RunAsync("exit 7", c => c with { Input = (input, stop) => input.WriteAsync(new byte[3_000_000], stop).AsTask() });
        Assert.AreEqual(7, result.ExitCode);
    }

    [TestMethod]
    public async Task An_error_of_the_input_stops_the_program_and_is_thrown()
    {
        using var engines = new FakePrograms();
        var e = await Assert.ThrowsExactlyAsync<IOException>(() => RunAsync("echo $$ >\"$0.pid\"; /bin/cat >/dev/null; echo done >\"$0.done\"", c => c with
        {
            Input = async (input, stop) =>
            {
                await input.WriteAsync(new byte[1000], stop);
                while (!File.Exists(engines.Folder["program.pid"])) await Task.Delay(10, stop);
                throw new IOException("the layer cannot be read");
            },
        }, engines));
        Assert.AreEqual("the layer cannot be read", e.Message);
        Assert.IsTrue(await engines.HasEndedAsync("program.pid"));
        Assert.IsFalse(File.Exists(engines.Folder["program.done"]));
    }

    [TestMethod]
    public async Task A_program_that_hangs_is_stopped_with_all_that_it_started()
    {
        using var engines = new FakePrograms();
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsExactlyAsync<TimeoutException>(() => RunAsync("/bin/sleep 60 & echo $! >\"$0.pid\"; wait", c => c with { TimeLimit = TimeSpan.FromMilliseconds(700) }, engines));
        Assert.IsLessThan(10, watch.Elapsed.TotalSeconds);
        Assert.IsTrue(await engines.HasEndedAsync("program.pid"));
    }

    [TestMethod]
    public async Task One_who_stops_stops_the_program()
    {
        using var engines = new FakePrograms();
        using var stop = new CancellationTokenSource();
        var run = RunAsync("/bin/sleep 60 & echo $! >\"$0.pid\"; wait", c => c, engines, stop.Token);
        while (!File.Exists(engines.Folder["program.pid"])) await Task.Delay(10);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.IsTrue(await engines.HasEndedAsync("program.pid"));
    }

    [TestMethod]
    public async Task A_program_that_leaves_another_behind_is_not_waited_for_without_end()
    {
        var watch = Stopwatch.StartNew();
        var result = await RunAsync("echo said; /bin/sleep 20 & exit 0");
        Assert.AreEqual("said", result.Output);
        Assert.IsLessThan(15, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public void A_program_is_not_taken_from_a_folder_relative_to_the_current_one()
    {
        using var engines = new FakePrograms().AddScript("docker", "exit 0");
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), engines.Folder.Path);
        Assert.IsNull(Find($"{relative}{Path.PathSeparator}.{Path.PathSeparator}"));
        Assert.AreEqual(engines.Folder["docker"], Find($"{relative}{Path.PathSeparator}{engines.Folder.Path}"));
    }

    [TestMethod]
    public void What_cannot_be_executed_is_no_program()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("there is no such right on Windows");
        using var folder = new TestFolder();
        folder.Write("docker", []);
        Directory.CreateDirectory(folder["podman"]);
        Assert.IsNull(Find(folder.Path));
        Assert.IsNull(ProgramSearch.Find("podman", new Dictionary<string, string?> { ["PATH"] = folder.Path }));
    }

    private static string? Find(string path) => ProgramSearch.Find("docker", new Dictionary<string, string?> { ["PATH"] = path });

    private static async Task<ProgramResult> RunAsync(
        string script, Func<ProgramCommand, ProgramCommand>? with = null, FakePrograms? engines = null, CancellationToken cancellation = default)
    {
        using var own = engines is null ? new FakePrograms() : null;
        (engines ?? own)!.AddScript("program", script);
        var command = new ProgramCommand((engines ?? own)!.Folder["program"], []) { TimeLimit = TimeSpan.FromSeconds(20) };
        return await ProgramRunner.RunAsync(with is null ? command : with(command), cancellation);
    }
}
