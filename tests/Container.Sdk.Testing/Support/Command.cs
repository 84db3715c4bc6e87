using System.Diagnostics;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>A program that ran to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to its output and its error output, in the order of lines.</param>
public sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>What it wrote to its output alone, where warnings do not belong.</summary>
    public string Answer { get; init; } = "";

    /// <summary>Fails the test where the program failed.</summary>
    public CommandResult Succeeded()
    {
        Assert.AreEqual(0, ExitCode, Output);
        return this;
    }
}

/// <summary>Runs programs.</summary>
public static class Command
{
    /// <summary>How long a program may take.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program to its end; after <see cref="Patience"/> it is killed.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables on top of this process's; <c>null</c> takes one away.</param>
    public static CommandResult Run(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        if (environment is not null) start.Change(environment);
        using var process = new Process { StartInfo = start };
        var (output, answer) = (new StringBuilder(), new StringBuilder());
        process.OutputDataReceived += (_, line) => Collect(line.Data, output, answer);
        process.ErrorDataReceived += (_, line) => Collect(line.Data, output);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end in {Patience.TotalMinutes} minutes.\n{output}");
        }
        process.WaitForExit();
        lock (output) return new CommandResult(process.ExitCode, output.ToString()) { Answer = answer.ToString() };
    }

    /// <summary>Changes the variables of a program; <c>null</c> takes one away.</summary>
    internal static void Change(this ProcessStartInfo start, IReadOnlyDictionary<string, string?> environment)
    {
        foreach (var (name, value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
    }

    private static void Collect(string? line, StringBuilder output, StringBuilder? answer = null)
    {
        if (line is null) return;
        lock (output)
        {
            output.AppendLine(line);
            answer?.AppendLine(line);
        }
    }
}
