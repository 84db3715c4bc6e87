using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>Whether a strategy fits a project.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Fits">Whether it fits.</param>
/// <param name="Why">Why, or why not.</param>
public sealed record StrategyVerdict(Strategy Strategy, bool Fits, string Why);

/// <summary><c>Auto</c>: the strategy for a project, and what speaks for and against each.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Reason">Why it is this one; it goes on after "because".</param>
/// <param name="Verdicts">One for each strategy, in the table's order.</param>
public sealed record StrategyChoice(Strategy Strategy, string Reason, ImmutableArray<StrategyVerdict> Verdicts)
{
    /// <summary>
    /// Chooses. The first that is true decides: native code needs a toolchain of its own; libraries that lie as images are shared
    /// as images; and else nothing is simpler than layers. The first is a property, so that it is known before any target runs.
    /// </summary>
    public static StrategyChoice Of(ProjectFacts facts)
    {
        var (strategy, reason) =
            facts.IsNative ? (Strategy.MultiStage, "it is compiled to native code, which takes the compiler and linker of the system that the image has, not of this machine")
            : facts.LibraryImages.Count > 0 ? (Strategy.CopyFromImage, $"{Names(facts.LibraryImages)} {(facts.LibraryImages.Count == 1 ? "travels as a library image, whose layer" : "travel as library images, whose layers")} it can share")
            : facts.Projects.Count + facts.ProjectsElsewhere.Count > 0 ? (Strategy.Layered, $"its libraries ({Names(facts.Projects.Union(facts.ProjectsElsewhere))}) are projects, each with a layer of its own, and nothing else is needed")
            : facts.PrivateFeeds.Count > 0 ? (Strategy.Layered, $"its packages come from feeds ({Names(facts.PrivateFeeds)}) that restore reads already, and no credential comes near a container")
            : (Strategy.Layered, "it has no libraries but packages, and nothing is simpler");
        return new StrategyChoice(strategy, reason, [.. StrategyTable.Rows.Select(r => Judge(r.Strategy, facts))]);
    }

    private static StrategyVerdict Judge(Strategy strategy, ProjectFacts facts) => strategy switch
    {
        Strategy.Layered => Verdict(strategy, !facts.IsNative, "compiled here, packed in layers by origin", "native code for the image's system is compiled on whatever system this is"),
        Strategy.BaseImage => JudgeBase(facts),
        Strategy.CopyFromImage => Verdict(
            strategy, !facts.IsNative && facts.LibraryImages.Count + facts.Projects.Count + facts.ProjectsElsewhere.Count > 0,
            facts.LibraryImages.Count > 0 ? $"shares the layers of {Names(facts.LibraryImages)}" : "publishes each referenced project as a thin image, too",
            facts.IsNative ? "native code has no library in a layer of its own" : "it refers to no library that is an image or a project"),
        Strategy.BuildFromSource => Verdict(
            strategy, facts.Projects.Count > 0 && facts.ProjectsElsewhere.Count == 0, $"builds {Names(facts.Projects)} in the container",
            facts.ProjectsElsewhere.Count > 0 ? $"{Names(facts.ProjectsElsewhere)} lies outside of the repository" : "it refers to no project"),
        Strategy.PackageFeed => Verdict(strategy, facts.PrivateFeeds.Count > 0, $"restores from {Names(facts.PrivateFeeds)} with secrets mounted", "no feed of the repository needs credentials"),
        Strategy.MultiStage => Verdict(
            strategy, facts.ProjectsElsewhere.Count == 0, facts.IsNative ? "brings the toolchain for native code" : "compiles in a container, where this machine should not",
            $"{Names(facts.ProjectsElsewhere)} lies outside of the repository"),
        _ => Verdict(
            strategy, facts.ProjectsElsewhere.Count == 0, "compiles in a container over these sources, where the same compiler is wanted everywhere", $"{Names(facts.ProjectsElsewhere)} lies outside of the repository"),
    };

    private static StrategyVerdict JudgeBase(ProjectFacts facts) => facts.TopmostLibraries.Count switch
    {
        _ when facts.IsNative => new(Strategy.BaseImage, false, "native code has no library apart from it"),
        0 => new(Strategy.BaseImage, false, "it refers to no library"),
        1 => new(Strategy.BaseImage, true, $"{facts.TopmostLibraries[0]} could be its base, once that is published"),
        _ => new(Strategy.BaseImage, false, $"{Names(facts.TopmostLibraries)} are several, and an image has one base (ContainerBundleLibraries=true makes one of all)"),
    };

    private static StrategyVerdict Verdict(Strategy strategy, bool fits, string why, string whyNot) => new(strategy, fits, fits ? why : whyNot);

    private static string Names(ImmutableSortedSet<string> names) => names.Count > 3 ? $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more" : string.Join(", ", names);
}
