using System.Diagnostics;

namespace Container.Sdk.Testing;

/// <summary>A program that a test ends before its time, with all that it started.</summary>
public sealed class RunningProgram : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a program.</summary>
    public RunningProgram(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Change(environment);
        _process = Process.Start(start)!;
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Waits until something is so; fails the test where the program ends first.</summary>
    public void WaitUntil(Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.IsFalse(_process.HasExited, "The program ended before what was waited for.");
            Thread.Sleep(5);
        }
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
