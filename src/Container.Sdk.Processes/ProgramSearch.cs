namespace Container.Sdk.Processes;

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
