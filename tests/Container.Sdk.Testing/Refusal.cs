using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Container.Sdk.Testing;

/// <summary>How a publish has to fail, and how it has to warn.</summary>
public static partial class Refusal
{
    /// <summary>It failed with this code: one error, and no stack trace.</summary>
    /// <param name="result">The publish.</param>
    /// <param name="code">The code.</param>
    /// <param name="lines">How many lines the message has; MSBuild repeats the code on each.</param>
    public static CommandResult RefusedWith(this CommandResult result, string code, int lines = 1)
    {
        Assert.AreNotEqual(0, result.ExitCode, result.Output);
        // dotnet build says each error again in its summary.
        var errors = Lines(result).Where(l => ErrorLine().IsMatch(l)).Distinct().ToList();
        Assert.HasCount(lines, errors, result.Output);
        foreach (var error in errors) StringAssert.Contains(error, $"error {code}: ", result.Output);
        Assert.IsFalse(Lines(result).Any(l => l.TrimStart().StartsWith("at ", StringComparison.Ordinal)), $"There is a stack trace.\n{result.Output}");
        return result;
    }

    /// <summary>It went well, with a warning of this code.</summary>
    public static CommandResult WarnedWith(this CommandResult result, string code)
    {
        result.Succeeded();
        Assert.IsTrue(Lines(result).Any(l => l.Contains($"warning {code}: ", StringComparison.Ordinal)), result.Output);
        return result;
    }

    /// <summary>What the result file of a failed publish of <c>app</c> says: the code, and that there is no image.</summary>
    public static JsonObject Failure(this Sandbox sandbox, string project = "app")
    {
        var result = sandbox.Result(project);
        Assert.IsFalse((bool)result["success"]!);
        return result;
    }

    /// <summary>How many layers were packed into the cache of a world.</summary>
    public static int PackedLayers(this Sandbox sandbox) =>
        new DirectoryInfo(Path.Combine(sandbox.Cache, "container-sdk", "blobs")) is { Exists: true } blobs ? blobs.EnumerateFiles("*", SearchOption.AllDirectories).Count() : 0;

    private static string[] Lines(CommandResult result) => result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // MSBuild's canonical form: origin : category code : text.
    [GeneratedRegex(@"(^|: )error [A-Z]+[0-9]*\s?:|: error : |^MSBUILD : error")]
    private static partial Regex ErrorLine();
}
