using System.Text.RegularExpressions;

namespace Container.Sdk.Engines;

/// <summary>Where the instructions of a Dockerfile stand.</summary>
internal sealed partial class DockerfileSteps
{
    private readonly List<List<(int Line, string Keyword)>> _stages = [];

    public DockerfileSteps(string text)
    {
        var continued = false;
        foreach (var (i, line) in text.Split('\n').Index())
        {
            var code = line.Trim();
            // Comments and empty lines may stand inside of an instruction too.
            if (code.Length == 0 || code[0] == '#') continue;
            if (!continued) Add(i + 1, code.Split([' ', '\t'], 2)[0].ToUpperInvariant());
            continued = code[^1] == '\\';
        }

        // What stands before the first FROM belongs to no stage.
        void Add(int line, string keyword)
        {
            if (keyword == "FROM") _stages.Add([]);
            if (_stages.Count > 0) _stages[^1].Add((line, keyword));
        }
    }

    /// <summary>The line of a stage's instruction, both counted from 1; <c>null</c> where there is another than the one that is meant.</summary>
    public int? LineOf(int stage, int step, string instruction) =>
        stage > 0 && stage <= _stages.Count && step > 0 && step <= _stages[stage - 1].Count && _stages[stage - 1][step - 1] is var (line, keyword)
        && instruction.StartsWith(keyword, StringComparison.OrdinalIgnoreCase) ? line : null;

    /// <summary>
    /// The Dockerfile for builders that do not know <c>COPY --link</c>, which changes how layers are shared and not what is
    /// in them. Each line stays where it is.
    /// </summary>
    public static string WithoutLink(string text)
    {
        while (Link().Replace(text, "$1") is var shorter && shorter.Length < text.Length) text = shorter;
        return text;
    }

    [GeneratedRegex(@"^([ \t]*(?:COPY|ADD)(?:(?:[ \t]|\\\r?\n)+--[a-z]+(?:=\S+)?)*?(?:[ \t]|\\\r?\n)+)--link(?:=\w+)?(?=\s)[ \t]*", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Link();
}
