using System.Diagnostics;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>A program that ran to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to its output and its error output, in the order of lines.</param>
public sealed record CommandResult(int ExitCode, string Output)
{
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
    /// <summary>Runs a program to its end; after ten minutes it is killed.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables on top of this process's; <c>null</c> takes one away.</param>
    public static CommandResult Run(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        DataReceivedEventHandler collect = (_, line) =>
        {
            if (line.Data is { } text) lock (output) output.AppendLine(text);
        };
        process.OutputDataReceived += collect;
        process.ErrorDataReceived += collect;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end in ten minutes.\n{output}");
        }
        process.WaitForExit();
        lock (output) return new CommandResult(process.ExitCode, output.ToString());
    }
}
