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
