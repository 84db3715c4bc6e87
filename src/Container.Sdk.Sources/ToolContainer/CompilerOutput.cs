using System.Text.RegularExpressions;
using Container.Sdk.Planning;

namespace Container.Sdk.Tasks;

/// <summary>What the compiler in the container says, in words of this machine.</summary>
/// <param name="root">Where the sources lie here.</param>
/// <param name="reporter">Told every line.</param>
internal sealed partial class BuilderOutput(string root, IReporter reporter)
{
    private const int Most = 20;
    private readonly List<string> _errors = [];
    private readonly Queue<string> _last = new();

    /// <summary>The errors; where there is none, the last that was said.</summary>
    public IReadOnlyList<string> Errors => _errors.Count > 0 ? [.. _errors.Take(Most)] : [.. _last];

    /// <summary>The warnings.</summary>
    public HashSet<string> Warnings { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a line.</summary>
    public void Take(string line)
    {
        var here = line.Replace($"{SourceNames.Root}/", Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        reporter.Detail(here);
        if (Error().IsMatch(here))
        {
            // MSBuild says each again in its summary.
            if (!_errors.Contains(here.Trim())) _errors.Add(here.Trim());
        }
        else if (Warning().IsMatch(here)) Warnings.Add(here.Trim());
        if (here.Trim().Length == 0) return;
        _last.Enqueue(here.Trim());
        if (_last.Count > 5) _last.Dequeue();
    }

    [GeneratedRegex(@"(^|: )error( [A-Za-z]+[0-9]+)?\s*: ")]
    private static partial Regex Error();

    [GeneratedRegex(@"(^|: )warning( [A-Za-z]+[0-9]+)?\s*: ")]
    private static partial Regex Warning();
}
