using System.Text.RegularExpressions;
using Container.Sdk.Planning;

namespace Container.Sdk.Sources;

/// <summary>What MSBuild in a container says, with the paths of this machine.</summary>
/// <param name="root">The folder that the container sees as <see cref="SourceNames.Root"/>; absolute.</param>
/// <param name="reporter">Told every line.</param>
internal sealed partial class CompilerOutput(string root, IReporter reporter)
{
    private const int MostErrors = 20;
    private const int MostLastLines = 5;
    // MSBuild repeats each in its summary.
    private readonly HashSet<string> _errors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly Queue<string> _lastLines = new();

    /// <summary>The errors; where there is none, the last lines.</summary>
    public IReadOnlyList<string> Errors => _errors.Count > 0 ? [.. _errors.Take(MostErrors)] : [.. _lastLines];

    /// <summary>The warnings.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>Takes a line.</summary>
    public void Take(string line)
    {
        var here = line.Replace($"{SourceNames.Root}/", Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        reporter.Detail(here);
        var text = here.Trim();
        if (Error().IsMatch(here)) _errors.Add(text);
        else if (Warning().IsMatch(here)) _warnings.Add(text);
        if (text.Length == 0) return;
        _lastLines.Enqueue(text);
        if (_lastLines.Count > MostLastLines) _lastLines.Dequeue();
    }

    [GeneratedRegex(@"(^|: )error( [A-Za-z]+[0-9]+)?\s*: ")]
    private static partial Regex Error();

    [GeneratedRegex(@"(^|: )warning( [A-Za-z]+[0-9]+)?\s*: ")]
    private static partial Regex Warning();
}
