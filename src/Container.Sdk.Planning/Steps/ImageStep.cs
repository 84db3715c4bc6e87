using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>Which stage of a Dockerfile a step is for.</summary>
public enum StepStage
{
    /// <summary>The image.</summary>
    Final,

    /// <summary>Where a container compiles; nothing of it is in the image.</summary>
    Build,
}

/// <summary>A step of the user's own: what only a builder can do, which runs programs of the image.</summary>
/// <param name="Order">Smaller ones run first. The app comes at <see cref="AppOrder"/>.</param>
/// <param name="Stage">Where it runs.</param>
public abstract record ImageStep(int Order, StepStage Stage)
{
    /// <summary>Steps of a higher order run on top of the app.</summary>
    public const int AppOrder = 100;

    /// <summary>The steps of a stage, in the order in which they run: of the same order, packages first.</summary>
    public static ImmutableArray<ImageStep> Of(IEnumerable<ImageStep> steps, StepStage stage) =>
        [.. steps.Where(s => s.Stage == stage).OrderBy(s => s.Order).ThenBy(s => s is RunStep)];
}

/// <summary><c>ContainerSystemPackage</c>: packages of the system, from its own package manager.</summary>
/// <param name="Packages">Their names, with <c>=version</c> where one is pinned.</param>
/// <param name="Order">When it runs.</param>
/// <param name="Stage">Where it runs.</param>
public sealed record PackagesStep(ImmutableArray<string> Packages, int Order = 0, StepStage Stage = StepStage.Final) : ImageStep(Order, Stage);

/// <summary><c>ContainerRun</c>: a command for the image's shell.</summary>
/// <param name="Command">The command.</param>
/// <param name="Order">When it runs.</param>
/// <param name="Stage">Where it runs.</param>
public sealed record RunStep(string Command, int Order = 0, StepStage Stage = StepStage.Final) : ImageStep(Order, Stage);

/// <summary>Steps as instructions of a Dockerfile.</summary>
public static class StepInstructions
{
    /// <summary>Writes steps, which run as root. Each is an instruction of its own, so that a builder keeps what it has of the others.</summary>
    public static void Write(DockerfileWriter writer, IEnumerable<ImageStep> steps)
    {
        var isNext = false;
        foreach (var step in steps)
        {
            if (step is PackagesStep packages) Install(writer, packages.Packages, isNext);
            else if (step is RunStep run) Ignoring(writer, isNext ? ["DL3059"] : []).Instruction($"RUN {Command(run.Command)}");
            isNext = true;
        }
    }

    /// <summary>Installs packages with what the image has: apk, or else apt.</summary>
    public static void Install(DockerfileWriter writer, ImmutableArray<string> packages, bool isNext = false)
    {
        var names = string.Join(' ', packages.Order(StringComparer.Ordinal));
        string[] pins = packages.All(p => p.Contains('=')) ? [] : ["DL3008", "DL3018"];
        Ignoring(writer, [.. pins, .. isNext ? (string[])["DL3059"] : []]).Instruction(
            "RUN if command -v apk > /dev/null; then",
            $"  apk add --no-cache {names};",
            "else",
            $"  apt-get update && apt-get install --yes --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*;",
            "fi");
    }

    // Which rules the project's own wishes break.
    private static DockerfileWriter Ignoring(DockerfileWriter writer, string[] rules) =>
        rules.Length == 0 ? writer : writer.Comment($"hadolint ignore={string.Join(',', rules)}");

    /// <summary>A command exactly as the shell is to read it: as a line where that is what a Dockerfile hands on, else as a list.</summary>
    public static string Command(string command) =>
        command.Any(char.IsControl) || command.EndsWith('\\') || command.Trim() != command || command.Contains("<<", StringComparison.Ordinal) || command.StartsWith('[') || command.StartsWith("--", StringComparison.Ordinal)
            ? DockerfileText.Exec(["/bin/sh", "-c", command])
            : command;
}
