using System.Collections.Immutable;

namespace Container.Sdk.Planning;

/// <summary>Whether a strategy fits a project.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Fits">Whether it fits.</param>
/// <param name="Why">Why, or why not.</param>
public sealed record StrategyVerdict(ImageStrategy Strategy, bool Fits, string Why);

/// <summary>
/// How code and libraries become layers: a value of <c>ContainerStrategy</c>. It turns a described project into a plan, and
/// answers all that others have to know of it. <see cref="StrategyTable"/> has all of them.
/// </summary>
public abstract class ImageStrategy
{
    /// <summary>The value of <c>ContainerStrategy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>A mark for each of <see cref="StrategyTable.Qualities"/>: <c>+</c> it has it, <c>-</c> it has not, <c>o</c> it depends.</summary>
    public abstract string Marks { get; }

    /// <summary>Whether the compiler runs in a container, so that nothing is published on this machine.</summary>
    public virtual bool CompilesInContainer => false;

    /// <summary>Whether libraries have the layers of their own images, and referenced projects get such images.</summary>
    public virtual bool SharesLibraries => false;

    /// <summary>Whether an application starts from the base image of its library.</summary>
    public virtual bool StartsFromLibrary => false;

    /// <summary>Whether <c>Auto</c> may choose it: it writes nothing but the app's own image, and rests on nothing but the project's own facts.</summary>
    public virtual bool IsForAuto => false;

    /// <summary>Who makes its images where the project does not say.</summary>
    public virtual BackEndKind DefaultBackEnd => BackEndKind.BuiltIn;

    /// <summary>Why a back end cannot make its images; <c>null</c> where it can.</summary>
    public virtual string? WhyNot(BackEndKind backEnd) => null;

    /// <summary>Whether it fits a project.</summary>
    public abstract StrategyVerdict Judge(ProjectFacts facts);

    /// <summary>Plans the image of a project.</summary>
    /// <exception cref="ContainerException">Two files want one place, or a file has a name that no image can have.</exception>
    public ImagePlan Plan(ProjectDescription project) => Complete(project, new ImagePlan
    {
        Name = project.Name,
        Base = project.Base,
        Platform = project.Platform,
        Format = project.Format,
        Created = project.Created,
        Settings = project.Settings,
        Steps = project.Steps,
        RequiresSharedLayers = project.RequiresSharedLayers,
        Content = new PlannedFiles(project.OwnLayers),
    });

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    /// <summary>Puts into a plan what the strategy makes of what is published.</summary>
    private protected abstract ImagePlan Complete(ProjectDescription project, ImagePlan plan);

    private protected static ImagePlan With(ImagePlan plan, ImmutableArray<PlannedLayer> layers) => plan with { Content = new PlannedFiles(plan.Layers.AddRange(layers)) };

    private protected StrategyVerdict Verdict(bool fits, string why, string whyNot) => new(this, fits, fits ? why : whyNot);
}

/// <summary>Who makes the image of a plan.</summary>
public enum BackEndKind
{
    /// <summary>It is assembled here, with no engine: <c>ContainerBackend=BuiltIn</c>.</summary>
    BuiltIn,

    /// <summary>An engine builds it from a Dockerfile: <c>ContainerBackend=Dockerfile</c>.</summary>
    Dockerfile,

    /// <summary>A container compiles, and the image is assembled here.</summary>
    ToolContainer,
}
