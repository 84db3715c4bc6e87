using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>Steps as instructions of a Dockerfile.</summary>
public static class StepInstructions
{
    /// <summary>Writes steps, which run as root.</summary>
    public static void Write(DockerfileWriter writer, IEnumerable<ImageStep> steps)
    {
        foreach (var step in steps)
        {
            if (step is PackagesStep packages) Install(writer, packages.Packages);
            else if (step is RunStep run) writer.Instruction($"RUN {Command(run.Command)}");
        }
    }

    /// <summary>Installs packages with what the image has: apk, or else apt.</summary>
    public static void Install(DockerfileWriter writer, ImmutableArray<string> packages)
    {
        var names = string.Join(' ', packages.Order(StringComparer.Ordinal));
        if (!packages.All(p => p.Contains('='))) writer.Comment("hadolint ignore=DL3008,DL3018");
        writer.Instruction(
            "RUN if command -v apk > /dev/null; then",
            $"  apk add --no-cache {names};",
            "else",
            $"  apt-get update && apt-get install --yes --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*;",
            "fi");
    }

    /// <summary>A command exactly as the shell is to read it: as a line where that is what a Dockerfile hands on, else as a list.</summary>
    public static string Command(string command) =>
        command.Any(char.IsControl) || command.EndsWith('\\') || command.Trim() != command || command.Contains("<<", StringComparison.Ordinal) || command.StartsWith('[') || command.StartsWith("--", StringComparison.Ordinal)
            ? DockerfileText.Exec(["/bin/sh", "-c", command])
            : command;
}
