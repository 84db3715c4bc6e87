using Container.Sdk.Processes;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Container.Sdk.Engines;

/// <summary>Reads what BuildKit says (<c>--progress=plain</c>) while it builds, tells a reporter, and knows afterwards why it failed.</summary>
internal sealed partial class BuildKitLog(IReporter reporter) : IBuildLog
{
    private readonly Dictionary<int, Vertex> _vertices = [];
    private readonly List<string> _named = [];
    private string? _reason;
    private int? _excerpt;
    private int? _line;

    public void Add(string line)
    {
        reporter.Detail(line);
        if (Numbered().Match(line) is { Success: true } m) Follow(int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture), m.Groups[2].Value);
        else if (line.StartsWith("ERROR: ", StringComparison.Ordinal)) _reason = line[7..];
        else if (_reason is not null && line.Length > 0) _reason += " " + line;
        else if (line.StartsWith(" > ", StringComparison.Ordinal)) _named.Add(line[3..].TrimEnd(':'));
        else if (Place().Match(line) is { Success: true } place) _excerpt = int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        else if (_line is null && _excerpt is not null && Marked().IsMatch(line)) _line = _excerpt;
    }

    public BuildFailure Failure(ProgramResult result)
    {
        var reason = _reason?.Replace("failed to solve: ", "", StringComparison.Ordinal) ?? result.Reason.Split('\n')[^1];
        // Others may have failed too, without harm: a cache that is not there yet, a step that was stopped.
        var failed = _vertices.Values.Where(v => v.Error is not null && !v.IsCacheImport).ToArray();
        var step = failed.FirstOrDefault(v => reason.Contains(v.Error!, StringComparison.Ordinal))
            ?? failed.FirstOrDefault(v => _named.Contains(v.Name)) ?? failed.FirstOrDefault();
        return new BuildFailure(reason)
        {
            Line = _line ?? (ParseError().Match(reason) is { Success: true } m ? int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null),
            Step = step?.Instruction,
            IsCache = step?.Name.StartsWith("exporting cache", StringComparison.Ordinal) ?? false,
            Output = step?.Output.Telling(20) ?? [],
        };
    }

    private void Follow(int number, string text)
    {
        if (!_vertices.TryGetValue(number, out var vertex))
        {
            _vertices.Add(number, vertex = new Vertex(text));
            if (number > 0) reporter.Progress(vertex.Title);
        }
        else if (text.StartsWith("ERROR: ", StringComparison.Ordinal))
        {
            vertex.Error = text[7..];
            // The first build finds no cache; only that it may not be read is worth a word.
            if (vertex.IsCacheImport && !vertex.Error.EndsWith("not found", StringComparison.Ordinal)) reporter.Warn(Diagnostics.BuildCacheFailed, vertex.Error);
        }
        else if (Said().Match(text) is { Success: true } said)
        {
            vertex.Output.Add(said.Groups[1].Value);
        }
    }

    /// <summary>A node of BuildKit's graph: a step of the Dockerfile, or work of its own.</summary>
    private sealed class Vertex(string name)
    {
        public string Name { get; } = name;

        /// <summary>The instruction, where it is a step of the Dockerfile.</summary>
        public string? Instruction { get; } = Step().Match(name) is { Success: true } m ? m.Groups[1].Value : null;

        public string Title { get; } = name.Length > 160 ? string.Concat(name.AsSpan(0, 160), "…") : name;

        public bool IsCacheImport { get; } = name.StartsWith("importing cache manifest", StringComparison.Ordinal);

        public string? Error { get; set; }

        public StepOutput Output { get; } = new();
    }

    [GeneratedRegex(@"^#(\d+) (.*)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\d+\.\d+ (.*)$")]
    private static partial Regex Said();

    // "[build 4/4] RUN …"; "[internal] load …" is BuildKit's own.
    [GeneratedRegex(@"^\[(?:\S+ )?\d+/\d+\] (.*)$")]
    private static partial Regex Step();

    [GeneratedRegex(@"^\S.*:(\d+)$")]
    private static partial Regex Place();

    [GeneratedRegex(@"^\s*\d+ \| >>> ")]
    private static partial Regex Marked();

    [GeneratedRegex(@"parse error on line (\d+)")]
    private static partial Regex ParseError();
}
