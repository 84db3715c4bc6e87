using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>All strategies, and the six qualities by which they differ: the table of the documentation.</summary>
public static class StrategyTable
{
    /// <summary>The value of <c>ContainerStrategy</c> that leaves the choice to <see cref="AutoChoice"/>.</summary>
    public const string Auto = "Auto";

    /// <summary>The qualities.</summary>
    public static ImmutableArray<string> Qualities { get; } =
        ["simple", "only a registry needed", "library usable without containers", "different bases", "several libraries", "built once"];

    /// <summary>What a project has that names none.</summary>
    public static ImageStrategy Layered { get; } = new LayeredStrategy();

    /// <summary>What an image of the kind <see cref="ImageKind.Base"/> is made by.</summary>
    public static ImageStrategy BaseImage { get; } = new BaseImageStrategy();

    internal static ImageStrategy CopyFromImage { get; } = new CopyFromImageStrategy();

    internal static ImageStrategy MultiStage { get; } = new SourceStrategy(
        "MultiStage", "o + + + + -", isForAuto: true,
        facts => (facts.ProjectsElsewhere.Count == 0, facts.IsNative ? "brings the toolchain for native code" : "compiles in a container, where this machine should not", facts.OutsideRepository));

    /// <summary>The strategies, in the documentation's order.</summary>
    public static ImmutableArray<ImageStrategy> All { get; } =
    [
        Layered,
        BaseImage,
        CopyFromImage,
        new SourceStrategy(
            "BuildFromSource", "- + + + + -", isForAuto: false,
            facts => (
                facts.Projects.Count > 0 && facts.ProjectsElsewhere.Count == 0, $"builds {ProjectFacts.Several(facts.Projects)} in the container",
                facts.ProjectsElsewhere.Count > 0 ? facts.OutsideRepository : "it refers to no project")),
        new SourceStrategy(
            "PackageFeed", "- - + + + +", isForAuto: false,
            facts => (facts.PrivateFeeds.Count > 0, $"restores from {ProjectFacts.Several(facts.PrivateFeeds)} with secrets mounted", "no feed of the repository needs credentials")),
        MultiStage,
        new BuilderPatternStrategy(),
    ];

    /// <summary>The strategy of a name, in any case of letters; <c>null</c> where there is none.</summary>
    public static ImageStrategy? Find(string name) => All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
