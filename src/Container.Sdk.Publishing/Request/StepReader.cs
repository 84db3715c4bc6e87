using System.Collections.Immutable;
using System.Globalization;
using Container.Sdk.Planning;

namespace Container.Sdk.Publishing;

/// <summary>From <c>ContainerSystemPackage</c>, <c>ContainerRun</c> and <c>ContainerBuildPackages</c> to steps.</summary>
internal static class StepReader
{
    /// <exception cref="ContainerException">The code of whatever is malformed.</exception>
    public static ImmutableArray<ImageStep> Read(IEnumerable<IProjectItem> packages, IEnumerable<IProjectItem> runs, string buildPackages) =>
    [
        .. packages.GroupBy(p => (Order(p), Stage(p))).Select(g => Packages(g.Select(p => p.Include), g.Key.Item1, g.Key.Item2)),
        .. runs.Select(r => new RunStep(Command(r), Order(r), Stage(r))),
        .. buildPackages.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names
            ? (ImageStep[])[Packages(names, 0, StepStage.Build)]
            : [],
    ];

    private static PackagesStep Packages(IEnumerable<string> names, int order, StepStage stage) =>
        new([.. names.Distinct().Select(n => IsPackage(n) ? n : throw Diagnostics.InvalidSystemPackage.Error(n))], order, stage);

    private static string Command(IProjectItem item) =>
        item["Command"] is { Length: > 0 } command ? command : item.Include.Trim().Length > 0 ? item.Include : throw Diagnostics.UnknownValue.Error("ContainerRun", item.Include, "a command for the shell");

    private static int Order(IProjectItem item) =>
        item["Order"] is not { Length: > 0 } text ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var order) ? order
        : throw Diagnostics.InvalidNumber.Error($"Order of '{item.Include}'", text, $"a number; steps above {ImageStep.AppOrder} come after the app");

    private static StepStage Stage(IProjectItem item) =>
        PropertyReader.Choice($"Stage of '{item.Include}'", item["Stage"], ("Final", StepStage.Final), ("Build", StepStage.Build)) ?? StepStage.Final;

    // Debian policy 5.6.1 and apk's package names, with a version: nothing that a shell reads.
    private static bool IsPackage(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_' or ':' or '=' or '~');
}
