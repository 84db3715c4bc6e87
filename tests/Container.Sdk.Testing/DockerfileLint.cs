using System.Text.RegularExpressions;

namespace Container.Sdk.Testing;

/// <summary>The rules of hadolint that our Dockerfiles could break, under its own names.</summary>
public static partial class DockerfileLint
{
    /// <summary>What is wrong, as <c>DL3006 FROM debian</c>; nothing where all is well.</summary>
    public static IReadOnlyList<string> Check(string dockerfile)
    {
        var found = new List<string>();
        var stages = new Dictionary<string, Stage>(StringComparer.Ordinal);
        var stage = new Stage("", HasWorkdir: false);
        var before = "";
        string? user = null;
        foreach (var (instruction, ignored) in Instructions(dockerfile))
        {
            var (word, rest) = Split(instruction);
            if (word == "FROM")
            {
                var match = From().Match(rest);
                var image = match.Groups["image"].Value;
                if (!stages.TryGetValue(image, out var parent)) CheckImage(image);
                stage = new Stage(match.Groups["stage"].Value, parent?.HasWorkdir ?? false);
                user = null;
            }
            Check(word, rest, Report, before, stage);
            if (word == "WORKDIR") stage = stage with { HasWorkdir = true };
            if (word == "USER") user = rest;
            stages[stage.Name] = stage;
            before = word;

            void CheckImage(string image)
            {
                if (image == "scratch" || image.StartsWith('$')) return;
                var name = image[(image.LastIndexOf('/') + 1)..];
                if (!name.Contains(':') && !name.Contains('@')) Report("DL3006");
                if (name.EndsWith(":latest", StringComparison.Ordinal)) Report("DL3007");
            }

            void Report(string rule)
            {
                if (!ignored.Contains(rule)) found.Add($"{rule} {instruction}");
            }
        }
        if (user is "root" or "0") found.Add("DL3002 the last user is root");
        return found;
    }

    private static void Check(string word, string rest, Action<string> report, string before, Stage stage)
    {
        switch (word)
        {
            case "MAINTAINER": report("DL4000"); break;
            case "ADD": report("DL3020"); break;
            case "CMD" or "ENTRYPOINT" when !rest.StartsWith('['): report("DL3025"); break;
            case "WORKDIR" when !rest.StartsWith('/'): report("DL3000"); break;
            case "COPY" when !stage.HasWorkdir && IsRelative(rest): report("DL3045"); break;
            case "RUN":
                var command = Option().Replace(rest, "");
                if (before == "RUN") report("DL3059");
                if (!command.StartsWith('[')) CheckShell(command, rest.Contains("target=/var/lib/apt", StringComparison.Ordinal), report);
                break;
        }
    }

    private static void CheckShell(string command, bool keepsLists, Action<string> report)
    {
        if (Words("cd").IsMatch(command)) report("DL3003");
        if (Words("sudo").IsMatch(command)) report("DL3004");
        if (Words("apt-get install").IsMatch(command))
        {
            if (!keepsLists && !command.Contains("rm -rf /var/lib/apt/lists", StringComparison.Ordinal)) report("DL3009");
            if (!command.Contains("--no-install-recommends", StringComparison.Ordinal)) report("DL3015");
            if (!command.Contains("--yes", StringComparison.Ordinal) && !command.Contains("-y ", StringComparison.Ordinal)) report("DL3014");
            if (Installed(command, "apt-get install").Any(p => !p.Contains('='))) report("DL3008");
        }
        if (Words("apk add").IsMatch(command))
        {
            if (!command.Contains("--no-cache", StringComparison.Ordinal)) report("DL3019");
            if (Installed(command, "apk add").Any(p => !p.Contains('='))) report("DL3018");
        }
        if (Pipe().IsMatch(command)) report("DL4006");
    }

    private static IEnumerable<string> Installed(string command, string installer) =>
        command[(command.IndexOf(installer, StringComparison.Ordinal) + installer.Length)..].Split(["&&", ";"], StringSplitOptions.None)[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !w.StartsWith('-'));

    private static bool IsRelative(string copy)
    {
        var target = Option().Replace(copy, "").Trim();
        target = target.EndsWith(']') ? target.TrimEnd(']', '"').Split('"')[^1] : target.Split(' ')[^1];
        return !target.StartsWith('/') && !target.StartsWith('$');
    }

    // With the rules that the comment before it switches off.
    private static IEnumerable<(string Instruction, string[] Ignored)> Instructions(string dockerfile)
    {
        var (text, ignored) = ("", Array.Empty<string>());
        foreach (var line in dockerfile.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith("# hadolint ignore=", StringComparison.Ordinal)) ignored = line["# hadolint ignore=".Length..].Split(',');
            if (line.Length == 0 || line[0] == '#') continue;
            text += line.TrimEnd('\\');
            if (line[^1] == '\\') continue;
            yield return (text, ignored);
            (text, ignored) = ("", []);
        }
    }

    private static (string Word, string Text) Split(string instruction) =>
        instruction.Split(' ', 2, StringSplitOptions.TrimEntries) is [var word, var rest] ? (word.ToUpperInvariant(), rest) : (instruction, "");

    private static Regex Words(string words) => new($@"(^|[;&|]\s*|then\s+|\s&&\s){Regex.Escape(words)}\s");

    [GeneratedRegex(@"^(--\S+\s+)*(?<image>\S+)(\s+AS\s+(?<stage>\S+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"^(--\S+\s+)+")]
    private static partial Regex Option();

    [GeneratedRegex(@"[^|]\|[^|]")]
    private static partial Regex Pipe();

    private sealed record Stage(string Name, bool HasWorkdir);
}
