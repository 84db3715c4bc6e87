using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Container.Sdk.Testing.Warm;

namespace Container.Sdk.Testing;

/// <summary>
/// The dotnet command in processes that go on living: what it does is the same, and what it has loaded and compiled once is there for the
/// next test. As many run as tests at a time, each with one command at a time.
/// </summary>
internal sealed class WarmDotnet : IDisposable
{
    private static readonly ConcurrentBag<WarmDotnet> Idle = [];

    private readonly WarmProcess _process = new(WarmCommand.Serve, "--info");
    private readonly BinaryReader _reader;
    private readonly BinaryWriter _writer;
    private readonly StringBuilder _output = new(), _answer = new();
    private readonly SemaphoreSlim _ends = new(0);

    private WarmDotnet()
    {
        (_reader, _writer) = (new BinaryReader(_process.Pipe), new BinaryWriter(_process.Pipe));
        _process.Process.OutputDataReceived += (_, line) => Collect(line.Data, isAnswer: true);
        _process.Process.ErrorDataReceived += (_, line) => Collect(line.Data, isAnswer: false);
        _process.Start();
        SdkFolder = _reader.ReadString();
    }

    /// <summary>The folder of the SDK that it belongs to.</summary>
    private string SdkFolder { get; }

    /// <summary>Whether a command may run in a process that others have run in: those that MSBuild does.</summary>
    public static bool Serves(IReadOnlyList<string> arguments) =>
        arguments is ["publish" or "build" or "msbuild" or "restore" or "pack" or "clean", ..] && Environment.GetEnvironmentVariable("CSDK_TEST_COLD") is null or "";

    /// <summary>A command that starts no other nodes of MSBuild, unless it says itself how many it wants.</summary>
    public static string[] OnOneNode(string[] arguments) =>
        arguments.Any(a => a.StartsWith("-m:", StringComparison.Ordinal) || a.StartsWith("-maxCpuCount", StringComparison.OrdinalIgnoreCase)) ? arguments : [.. arguments, "-m:1"];

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables on top of this process's; <c>null</c> takes one away.</param>
    public static CommandResult Run(IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        var dotnet = Idle.TryTake(out var idle) ? idle : new WarmDotnet();
        var result = dotnet.Run(new WarmCommand(folder, [.. arguments], dotnet.Variables(environment)));
        Idle.Add(dotnet);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Dispose();
        _ends.Dispose();
    }

    private Dictionary<string, string> Variables(IReadOnlyDictionary<string, string?> changes)
    {
        var start = new ProcessStartInfo();
        start.Change(changes);
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["SharedCompilationId"] = WarmCompiler.NameFor(SdkFolder);
        return start.Environment.ToDictionary(v => v.Key, v => v.Value!);
    }

    private CommandResult Run(WarmCommand command)
    {
        command.Write(_writer);
        var run = Task.Run(() =>
        {
            var code = _reader.ReadInt32();
            // That of the output, and that of the error output.
            for (var i = 0; i < 2; i++) _ends.Wait();
            return code;
        });
        try
        {
            var code = run.WaitAsync(Command.Patience).GetAwaiter().GetResult();
            lock (_output) return new CommandResult(code, Take(_output)) { Answer = Take(_answer) };
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            Dispose();
            lock (_output) Assert.Fail($"dotnet {string.Join(' ', command.Arguments)} did not end, or ended with all that it ran in: {e.Message}\n{_output}");
            throw;
        }
    }

    private static string Take(StringBuilder lines)
    {
        var text = lines.ToString();
        lines.Clear();
        return text;
    }

    private void Collect(string? line, bool isAnswer)
    {
        if (line is null) return;
        var end = WarmCommand.EndOf(_process.Name);
        var isEnd = line.EndsWith(end, StringComparison.Ordinal);
        if (isEnd) line = line[..^end.Length];
        lock (_output)
        {
            if (!isEnd || line.Length > 0)
            {
                _output.AppendLine(line);
                if (isAnswer) _answer.AppendLine(line);
            }
        }
        if (isEnd) _ends.Release();
    }
}
