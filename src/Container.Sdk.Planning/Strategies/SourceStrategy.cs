namespace Container.Sdk.Planning;

/// <summary>
/// <c>BuildFromSource</c>, <c>PackageFeed</c> and <c>MultiStage</c>: a Dockerfile compiles, with a stage for each library. They are one
/// generator under the three names that people look for; only the projects that they fit differ.
/// </summary>
/// <param name="name">The value of <c>ContainerStrategy</c>.</param>
/// <param name="marks">See <see cref="ImageStrategy.Marks"/>.</param>
/// <param name="isForAuto">See <see cref="ImageStrategy.IsForAuto"/>.</param>
/// <param name="judge">Whether it fits a project, why, and why not.</param>
public class SourceStrategy(string name, string marks, bool isForAuto, Func<ProjectFacts, (bool Fits, string Why, string WhyNot)> judge) : ImageStrategy
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Marks => marks;

    /// <inheritdoc/>
    public override bool IsForAuto => isForAuto;

    /// <inheritdoc/>
    public override bool CompilesInContainer => true;

    /// <inheritdoc/>
    public override BackEndKind DefaultBackEnd => BackEndKind.Dockerfile;

    /// <inheritdoc/>
    public override string? WhyNot(BackEndKind backEnd) => backEnd == BackEndKind.Dockerfile ? null : "it compiles in a build of its Dockerfile, which needs an engine";

    /// <inheritdoc/>
    public override StrategyVerdict Judge(ProjectFacts facts)
    {
        var (fits, why, whyNot) = judge(facts);
        return Verdict(fits, why, whyNot);
    }

    private protected override ImagePlan Complete(ProjectDescription project, ImagePlan plan) =>
        plan with { Content = new PlannedCompilation(project.Sources ?? throw new ArgumentException("There are no sources.", nameof(project)), plan.Layers) };
}

/// <summary><c>BuilderPattern</c>: the toolchain runs in a container over the sources of this machine; only the artifact is packed.</summary>
public sealed class BuilderPatternStrategy() : SourceStrategy(
    "BuilderPattern", "o + + + + -", isForAuto: false,
    facts => (facts.ProjectsElsewhere.Count == 0, "compiles in a container over these sources, where the same compiler is wanted everywhere", facts.OutsideRepository))
{
    /// <inheritdoc/>
    public override BackEndKind DefaultBackEnd => BackEndKind.ToolContainer;

    /// <inheritdoc/>
    public override string? WhyNot(BackEndKind backEnd) => backEnd == BackEndKind.Dockerfile ? "its container only compiles, and the image is assembled here" : null;
}
