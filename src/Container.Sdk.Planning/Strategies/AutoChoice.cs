using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary><c>Auto</c>: the strategy for a project, and what speaks for and against each.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Reason">Why it is this one; it goes on after "because".</param>
/// <param name="Verdicts">One for each strategy, in the table's order.</param>
public sealed record AutoChoice(ImageStrategy Strategy, string Reason, ImmutableArray<StrategyVerdict> Verdicts)
{
    /// <summary>
    /// Chooses. The first that is true decides: native code needs a toolchain of its own; libraries that lie as images are shared
    /// as images; and else nothing is simpler than layers. The first is a property, so that it is known before any target runs.
    /// </summary>
    public static AutoChoice Of(ProjectFacts facts)
    {
        var (strategy, reason) =
            facts.IsNative ? (StrategyTable.MultiStage, "it is compiled to native code, which takes the compiler and linker of the system that the image has, not of this machine")
            : facts.LibraryImages.Count > 0 ? (StrategyTable.CopyFromImage, $"{ProjectFacts.Several(facts.LibraryImages)} {(facts.LibraryImages.Count == 1 ? "travels as a library image, whose layer" : "travel as library images, whose layers")} it can share")
            : facts.Projects.Count + facts.ProjectsElsewhere.Count > 0 ? (StrategyTable.Layered, $"its libraries ({ProjectFacts.Several(facts.Projects.Union(facts.ProjectsElsewhere))}) are projects, each with a layer of its own, and nothing else is needed")
            : facts.PrivateFeeds.Count > 0 ? (StrategyTable.Layered, $"its packages come from feeds ({ProjectFacts.Several(facts.PrivateFeeds)}) that restore reads already, and no credential comes near a container")
            : (StrategyTable.Layered, "it has no libraries but packages, and nothing is simpler");
        return new AutoChoice(strategy, reason, [.. StrategyTable.All.Select(s => s.Judge(facts))]);
    }
}

/// <summary>
/// What a strategy is chosen by: facts of the project, which every machine that has its sources sees alike. Sets, so that no
/// order of items, and no language of the machine, can matter.
/// </summary>
public sealed record ProjectFacts
{
    /// <summary>Projects of the same repository that it refers to, directly or through others.</summary>
    public ImmutableSortedSet<string> Projects { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Projects that it refers to and that lie outside of its repository.</summary>
    public ImmutableSortedSet<string> ProjectsElsewhere { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Packages that travel as library images: a <c>ContainerLibrarySource</c> covers them.</summary>
    public ImmutableSortedSet<string> LibraryImages { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Of projects and library images, those that no other of them needs.</summary>
    public ImmutableSortedSet<string> TopmostLibraries { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Feeds that the repository's own <c>NuGet.config</c> has credentials for.</summary>
    public ImmutableSortedSet<string> PrivateFeeds { get; init => field = value.WithComparer(StringComparer.Ordinal); } = [];

    /// <summary>Whether it is compiled to native code, which takes a toolchain of the system that it is for.</summary>
    public bool IsNative { get; init; }

    /// <summary>What a strategy says that reads the repository alone.</summary>
    internal string OutsideRepository => $"{Several(ProjectsElsewhere)} lies outside of the repository";

    /// <summary>Names as a person reads them: three at the most.</summary>
    internal static string Several(ImmutableSortedSet<string> names) => names.Count > 3 ? $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more" : string.Join(", ", names);
}
