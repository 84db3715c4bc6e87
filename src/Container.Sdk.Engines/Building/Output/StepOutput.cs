using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Container.Sdk.Engines;

/// <summary>What one step of a build said: its last lines, and its first lines that name an error, however much else there was.</summary>
internal sealed partial class StepOutput
{
    private const int MostErrors = 20;
    private const int MostLines = 200;
    private const int LongestLine = 500;

    private readonly Queue<string> _last = new();
    private readonly List<string> _errors = [];

    public void Add(string line)
    {
        var text = line.Length > LongestLine ? string.Concat(line.AsSpan(0, LongestLine), "…") : line;
        if (text.Trim().Length == 0) return;
        _last.Enqueue(text);
        if (_last.Count > MostLines) _last.Dequeue();
        // MSBuild says each error twice, when it comes and in its summary.
        if (_errors.Count < MostErrors && Error().IsMatch(text) && !_errors.Contains(text)) _errors.Add(text);
    }

    public void Clear()
    {
        _last.Clear();
        _errors.Clear();
    }

    /// <summary>Everything that is kept.</summary>
    public IEnumerable<string> Lines => _last;

    /// <summary>The lines that tell most: errors first, then how it ended.</summary>
    public ImmutableArray<string> Telling(int most) =>
        _errors.Count > 0 ? [.. _errors.Take(most)] : [.. _last.TakeLast(most)];

    // "Program.cs(3,5): error CS0103: …", "error MSB1003: …", "MSBUILD : error …", "npm ERR!", "fatal: …", "E: Unable to locate package".
    [GeneratedRegex(@"(^|[\s:])error(\s+[A-Z]+\d+)?\s*:|^(fatal|E):\s|\bERR!", RegexOptions.IgnoreCase)]
    private static partial Regex Error();
}
