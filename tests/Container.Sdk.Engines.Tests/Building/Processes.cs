namespace Container.Sdk.Engines.Tests.Building;

/// <summary>What runs on this machine.</summary>
internal static class Processes
{
    /// <summary>Whether any program has the text in its command line, whose arguments end with NUL.</summary>
    public static bool AnyWith(string text) => CommandLines().Any(c => c.Contains(text, StringComparison.Ordinal));

    /// <summary>The command lines of all programs.</summary>
    public static IEnumerable<string> CommandLines()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // No process, or one that has just ended.
                continue;
            }
            yield return line;
        }
    }
}
