using System.Text;

namespace Container.Sdk.Planning;

/// <summary>The ignore file beside a Dockerfile: nothing reaches the builder but what is needed.</summary>
public static class SourceIgnore
{
    /// <summary>Writes it. A later line wins over an earlier one.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/> for a path that such a file cannot name.</exception>
    public static string Write(SourcePlan plan)
    {
        var text = new StringBuilder("# Everything stays here, but the projects and the files that they see.\n**\n");
        var kept = plan.Projects.Select(p => p.Folder.Length == 0 ? "**" : Pattern(p.Folder))
            .Concat(plan.Projects.SelectMany(p => p.LinkedFiles).Concat(plan.Shared).Concat(plan.CompilerFiles).Select(f => Pattern(f.TrimEnd('/'))));
        foreach (var line in kept.Distinct().Order(StringComparer.Ordinal)) text.Append('!').Append(line).Append('\n');

        text.Append("\n# What a build makes, and what nobody else is to see.\n");
        var dropped = ((string[])["**/bin", "**/obj", "**/.git", "**/.vs", "**/TestResults", "**/*.binlog"])
            .Concat(plan.Projects.SelectMany(p => p.Outputs).Select(Pattern).Order(StringComparer.Ordinal))
            .Concat(SecretFiles.Patterns.Select(p => $"**/{p}").Order(StringComparer.Ordinal))
            .Concat(plan.SecretConfigs.Select(c => Pattern(c.File)).Order(StringComparer.Ordinal));
        foreach (var line in dropped.Distinct()) text.Append(line).Append('\n');
        return text.ToString();
    }

    // Spaces around a line are not read, and these characters mean something in a pattern.
    private static string Pattern(string path)
    {
        if (path.Trim() != path || path.Any(char.IsControl)) throw Diagnostics.NotInDockerfile.Error("A source's path", path);
        return string.Concat(path.Select(c => c is '*' or '?' or '[' or '\\' ? $"\\{c}" : $"{c}"));
    }
}
