using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Processes;

/// <summary>A program to run, with arguments that reach it as they are: there is never a shell between.</summary>
/// <param name="Program">Absolute path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ProgramCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables on top of those of this process; <c>null</c> takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>How long it may run.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Where it starts; the folder of this process by default.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>The most bytes of its output that are kept as text.</summary>
    public int MostOutput { get; init; } = 1 << 20;

    /// <summary>Whether it is stopped when it says more than that.</summary>
    public bool StopsAtMost { get; init; }

    /// <summary>Writes what the program reads; without it, there is nothing to read.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>Where the program's output goes; without it, its start is kept as text.</summary>
    public Stream? Output { get; init; }

    /// <summary>Told each line as it comes, of output and errors alike, one at a time; without control characters.</summary>
    public Action<string>? Lines { get; init; }

    /// <summary>Whether it is asked to end, and given a moment to tidy up, before it is made to.</summary>
    public bool EndsItself { get; init; }

    /// <summary>For people.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Path.GetFileNameWithoutExtension(Program)));
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The start of its output, without white space around it.</param>
/// <param name="Error">The end of its errors, without white space around it.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether <see cref="Output"/> is all that it said.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Why it failed, in its own words.</summary>
    public string Reason => Error.Length > 0 ? Error : Output.Length > 0 ? Output : $"exit code {ExitCode}";
}

/// <summary>Finds a program as a shell does, but never in the current directory: what lies in a repository is not run.</summary>
public static class ProgramSearch
{
    /// <summary>The absolute path of the program, or <c>null</c>.</summary>
    /// <param name="name">Its name, without folder and extension.</param>
    /// <param name="environment">Where <c>PATH</c> may be set; else it is that of this process.</param>
    public static string? Find(string name, IReadOnlyDictionary<string, string?> environment)
    {
        var path = environment.TryGetValue("PATH", out var own) ? own : Environment.GetEnvironmentVariable("PATH");
        // Not .cmd or .bat: those are run by a shell, which reads the arguments in its own way.
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        foreach (var folder in (path ?? "").Split(Path.PathSeparator))
        {
            if (!Path.IsPathFullyQualified(folder)) continue;
            var candidate = Path.Combine(folder, file);
            if (File.Exists(candidate) && IsExecutable(candidate)) return candidate;
        }
        return null;
    }

    private static bool IsExecutable(string file) => OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}

/// <summary>
/// What a program reads. That the program reads no more is an exception of its own, so that it is not mistaken for an
/// error of whatever is being written.
/// </summary>
internal sealed class ProgramInput(Stream pipe) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            pipe.Write(buffer);
            pipe.Flush();
        }
        catch (IOException e)
        {
            throw new ClosedException(e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await pipe.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            await pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ClosedException(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing) pipe.Dispose();
        }
        catch (IOException)
        {
            // There is nobody left to read the rest.
        }
        base.Dispose(disposing);
    }

    internal sealed class ClosedException(Exception inner) : Exception("the program reads no more", inner);
}
