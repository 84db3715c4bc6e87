using System.Text.RegularExpressions;

namespace Container.Sdk.Testing;

/// <summary>
/// The rules of hadolint (its wiki, DL…) that a generated Dockerfile could break, for machines that do not have it. An instruction is
/// one line here, whatever it was continued over.
/// </summary>
public static partial class DockerfileLint
{
    /// <summary>What is broken: rule and instruction. A comment <c>hadolint ignore=DL…</c> before an instruction counts.</summary>
    public static IEnumerable<string> Check(string dockerfile)
    {
        var stages = new HashSet<string>(StringComparer.Ordinal) { "scratch" };
        string? user = null, last = null;
        var hasWorkdir = false;
        foreach (var (instruction, ignored) in Instructions(dockerfile))
        {
            var (name, rest) = (instruction.Split(' ')[0], instruction[(instruction.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (name == "FROM") (user, hasWorkdir) = (null, false);
            if (name == "USER") user = rest;
            if (name == "WORKDIR") hasWorkdir = true;
            foreach (var rule in Broken(name, rest, stages, hasWorkdir, last).Where(r => !ignored.Contains(r))) yield return $"{rule}: {instruction}";
            if (name == "FROM" && rest.Split(" AS ") is [_, var stage]) stages.Add(stage);
            last = name;
        }
        if (user is "root") yield return "DL3002: the last user is root";
        if (dockerfile.Split('\n').Any(l => l.StartsWith("# syntax", StringComparison.OrdinalIgnoreCase))) yield return "syntax: a frontend would be fetched";
    }

    private static IEnumerable<string> Broken(string name, string rest, HashSet<string> stages, bool hasWorkdir, string? last)
    {
        var options = rest.Split(' ').TakeWhile(w => w.StartsWith("--", StringComparison.Ordinal)).ToList();
        var image = name == "FROM" ? rest.Split(' ').First(w => !w.StartsWith("--", StringComparison.Ordinal)) : "";
        if (name == "WORKDIR" && !rest.StartsWith('/')) yield return "DL3000";
        if (name == "RUN" && Regex.IsMatch(rest, @"(^|[;&|]\s*)cd ")) yield return "DL3003";
        if (name == "RUN" && Regex.IsMatch(rest, @"\bsudo\b")) yield return "DL3004";
        if (name == "FROM" && !stages.Contains(image) && !image.EndsWith("-image", StringComparison.Ordinal) && !Tagged().IsMatch(image)) yield return "DL3006";
        if (name == "FROM" && image.EndsWith(":latest", StringComparison.Ordinal)) yield return "DL3007";
        if (name == "RUN" && rest.Contains("apt-get install", StringComparison.Ordinal))
        {
            if (!Regex.Match(rest, "apt-get install[^&;]*").Value.Split(' ').Skip(2).Where(w => w.Length > 0 && w[0] != '-').All(w => w.Contains('='))) yield return "DL3008";
            if (!rest.Contains("rm -rf /var/lib/apt/lists", StringComparison.Ordinal) && !rest.Contains("target=/var/lib/apt", StringComparison.Ordinal)) yield return "DL3009";
            if (!Regex.IsMatch(rest, "apt-get install[^&;]*(-y|--yes)")) yield return "DL3014";
            if (!rest.Contains("--no-install-recommends", StringComparison.Ordinal)) yield return "DL3015";
        }
        if (name == "RUN" && rest.Contains("apk add", StringComparison.Ordinal))
        {
            if (!Regex.Match(rest, "apk add[^&;]*").Value.Split(' ').Skip(2).Where(w => w.Length > 0 && w[0] != '-').All(w => w.Contains('='))) yield return "DL3018";
            if (!rest.Contains("--no-cache", StringComparison.Ordinal)) yield return "DL3019";
        }
        if (name == "ADD") yield return "DL3020";
        if (name is "CMD" or "ENTRYPOINT" && !rest.StartsWith('[')) yield return "DL3025";
        if (options.Any(o => o.StartsWith("--platform", StringComparison.Ordinal)) && name == "FROM") yield return "DL3029";
        if (name == "COPY" && !hasWorkdir && rest.Split(' ')[^1] is var target && !target.TrimStart('"').StartsWith('/')) yield return "DL3045";
        if (name == "RUN" && last == "RUN" && !rest.Contains("--mount", StringComparison.Ordinal)) yield return "DL3059";
        if (name == "MAINTAINER") yield return "DL4000";
        if (name == "RUN" && !rest.StartsWith('[') && rest.Replace("||", "", StringComparison.Ordinal).Contains('|')) yield return "DL4006";
    }

    private static IEnumerable<(string Instruction, HashSet<string> Ignored)> Instructions(string text)
    {
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        var whole = "";
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd()))
        {
            if (whole.Length == 0 && line.StartsWith('#'))
            {
                if (line.Split("hadolint ignore=") is [_, var rules]) ignored.UnionWith(rules.Split(','));
                continue;
            }
            if (line.Length == 0) continue;
            whole += line.EndsWith('\\') ? line[..^1].TrimEnd() + " " : line;
            if (line.EndsWith('\\')) continue;
            yield return (Regex.Replace(whole, @"\s+", " "), ignored);
            (whole, ignored) = ("", new HashSet<string>(StringComparer.Ordinal));
        }
    }

    // A tag or a digest behind the last slash.
    [GeneratedRegex("[:@][^/]+$")]
    private static partial Regex Tagged();
}
