using Container.Sdk.Processes;

namespace Container.Sdk.Engines;

/// <summary>A container from its creation to its removal.</summary>
internal sealed class RunningContainer(ContainerEngine engine, ContainerRun run, Action<string> output)
{
    private readonly string _name = $"container-sdk-{Guid.NewGuid():n}";
    private readonly SecretMask _mask = new([.. run.Hidden, .. run.Logins.Select(l => l.Secret)]);

    /// <summary>Runs it to its end, and returns the exit code of its program.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var folder = new PrivateFolder(engine.Options.TemporaryFolder);
        await PullAsync(folder, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await CreateAsync(folder).ConfigureAwait(false);
            // The owners of the tar, not whoever the container runs as.
            foreach (var copy in run.In)
                await CheckAsync(engine.Command("cp", "--archive=false", "-", $"{_name}:{copy.Folder}") with { Input = copy.WriteTar }, cancellation).ConfigureAwait(false);
            var exitCode = await StartAsync(cancellation).ConfigureAwait(false);
            if (exitCode != 0) return exitCode;
            foreach (var copy in run.Out)
                await CheckAsync(engine.Command("cp", $"{_name}:{copy.Path}", "-") with { Output = copy.Tar }, cancellation).ConfigureAwait(false);
            return exitCode;
        }
        finally
        {
            await RemoveAsync().ConfigureAwait(false);
        }
    }

    // By itself, so that creating takes no time and need not be stopped: what is created half cannot be removed.
    private async Task PullAsync(PrivateFolder folder, CancellationToken cancellation)
    {
        if (await engine.InspectAsync([run.Image], cancellation).ConfigureAwait(false) is not null) return;
        run.Reporter.Progress($"pulling {run.Image}");
        string[] platform = run.Platform is null ? [] : ["--platform", run.Platform.ToString()];
        var pull = engine.Command(["pull", .. platform, "--", run.Image]) with { Environment = engine.With(EngineLogins.Write(engine, run.Logins, folder)), Lines = line => run.Reporter.Detail(_mask.Hide(line)) };
        await CheckAsync(pull, cancellation).ConfigureAwait(false);
    }

    private Task CreateAsync(PrivateFolder folder)
    {
        var file = folder.Write("variables", RunArguments.VariablesFile(run));
        return CheckAsync(engine.Command([.. RunArguments.Of(run, _name, file)]) with { Environment = engine.With(RunArguments.Inherited(run)) }, CancellationToken.None);
    }

    private async Task<int> StartAsync(CancellationToken cancellation)
    {
        var command = engine.Command("start", "--attach", _name) with { TimeLimit = engine.Options.BuildLimit, Lines = Tell };
        var result = await engine.StartAsync($"run {run.Image}", command, cancellation).ConfigureAwait(false);
        // The engine's own words start so; a program may end with any code.
        return result.ExitCode != 0 && result.Error.Split('\n').FirstOrDefault(IsEngines) is { } reason ? throw Failed(reason) : result.ExitCode;
    }

    private static bool IsEngines(string line) =>
        line.StartsWith("Error response from daemon: ", StringComparison.Ordinal) || line.StartsWith("Error: unable to start container", StringComparison.Ordinal)
        || line.StartsWith("Error: runc: ", StringComparison.Ordinal) || line.StartsWith("Error: crun: ", StringComparison.Ordinal);

    private async Task CheckAsync(ProgramCommand command, CancellationToken cancellation)
    {
        var result = await engine.StartAsync($"run {run.Image}", command, cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0) throw Failed(result.Reason);
    }

    private ContainerException Failed(string reason) => Diagnostics.ContainerNotStarted.Error(engine.Name, run.Image, _mask.Hide(reason));

    private void Tell(string line) => output(_mask.Hide(line));

    private async Task RemoveAsync()
    {
        try
        {
            await engine.StartAsync("remove a container", engine.Command("rm", "--force", "--volumes", _name) with { TimeLimit = engine.Options.AnswerLimit * 6 }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ContainerException)
        {
            // An engine that no longer answers; what led here is more worth telling.
        }
    }
}

/// <summary>The command line that creates a container.</summary>
internal static class RunArguments
{
    /// <summary>The arguments. Variables come from a file, those that have line breaks from the program's own.</summary>
    public static IReadOnlyList<string> Of(ContainerRun run, string name, string variablesFile) =>
    [
        "create", "--name", name, "--env-file", variablesFile,
        .. run.Environment.Where(v => HasBreak(v.Value)).SelectMany(v => Option("--env", v.Key)),
        .. Option("--platform", run.Platform?.ToString()), .. Option("--user", run.User), .. Option("--workdir", run.WorkingDirectory),
        .. Option("--network", run.Network == "default" ? null : run.Network), .. run.Mounts.SelectMany(m => Option("--mount", m.ToString())),
        .. Option("--entrypoint", run.Command.FirstOrDefault()), "--", run.Image, .. run.Command.Skip(1),
    ];

    /// <summary>The file: one variable a line, taken literally.</summary>
    public static string VariablesFile(ContainerRun run) =>
        string.Concat(run.Environment.Where(v => !HasBreak(v.Value)).Select(v => $"{v.Key}={v.Value}\n"));

    /// <summary>Those that no line can hold.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Inherited(ContainerRun run) =>
        run.Environment.Where(v => HasBreak(v.Value)).Select(v => new KeyValuePair<string, string?>(v.Key, v.Value));

    private static bool HasBreak(string value) => value.AsSpan().IndexOfAny('\r', '\n') >= 0;

    private static string[] Option(string name, string? value) => string.IsNullOrEmpty(value) ? [] : [name, value];
}
