using System.ComponentModel;
using System.Diagnostics;

namespace Container.Sdk.Processes;

/// <summary>Runs a program to its end: what it says is bounded, and when it is stopped, so is whatever it started.</summary>
public static class ProgramRunner
{
    private const int MostError = 16 << 10;

    // A program can leave behind another one that holds its pipes open.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Politely = TimeSpan.FromSeconds(10);

    /// <summary>Runs a program. That it fails is a result, not an exception.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    /// <exception cref="TimeoutException">It ran too long, and was stopped.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<ProgramResult> RunAsync(ProgramCommand command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = Describe(command) };
        process.Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(command.TimeLimit);
        using var text = new BoundedText(command.MostOutput, keepEnd: false, command.StopsAtMost ? () => Stop(process) : null);
        using var errors = new BoundedText(MostError, keepEnd: true);
        var alone = new Lock();
        using var output = Heard(command.Output ?? text);
        using var failures = Heard(errors);
        try
        {
            Task[] streams =
            [
                Guard(SendAsync(process.StandardInput.BaseStream, command.Input, limit.Token)),
                Guard(process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token)),
                Guard(process.StandardError.BaseStream.CopyToAsync(failures, limit.Token)),
            ];
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            await EndOf(streams).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not end within {command.TimeLimit.TotalSeconds:0.#} s");
        }
        finally
        {
            if (command.EndsItself && !process.HasExited) Ask(process);
            Stop(process);
        }
        output.End();
        failures.End();
        return new ProgramResult(process.ExitCode, text.ToString(), errors.ToString()) { IsWhole = text.IsWhole };

        // Somebody else's output is not closed here.
        LineStream Heard(Stream stream) => new LineStream(stream, command.Lines, alone);

        // Where one end fails, the program would wait for it for ever.
        async Task Guard(Task task)
        {
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (command.EndsItself)
            {
                throw;
            }
            catch
            {
                Stop(process);
                throw;
            }
        }

        async Task EndOf(Task[] streams)
        {
            var all = Task.WhenAll(streams);
            await Task.WhenAny(all, Task.Delay(Afterwards, limit.Token)).ConfigureAwait(false);
            limit.Token.ThrowIfCancellationRequested();
            // What it said itself is there; where its output is content, whoever reads that sees whether it is whole.
            await Task.WhenAll(streams.Where(s => s.IsCompleted)).ConfigureAwait(false);
        }
    }

    private static ProcessStartInfo Describe(ProgramCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        return start;
    }

    private static async Task SendAsync(Stream input, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellation)
    {
        var pipe = new ProgramInput(input);
        try
        {
            if (write is not null) await write(pipe, cancellation).ConfigureAwait(false);
        }
        catch (ProgramInput.ClosedException)
        {
            // It read what it wanted, or failed; its exit code says which.
        }
        // Only now: the end of what was cut short by an error would look like the end of all, to a program not stopped yet.
        await pipe.DisposeAsync().ConfigureAwait(false);
    }

    // What it does not end itself is ended all the same.
    private static void Ask(Process process)
    {
        var started = Descendants.Of(process.Id);
        TerminationSignal.Send(process, Politely);
        Stop(process);
        Descendants.End(started);
    }

    private static void Stop(Process process)
    {
        try
        {
            if (process.HasExited) return;
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Afterwards);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime, or a part of its tree is not ours to end.
        }
    }
}
