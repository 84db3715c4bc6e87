namespace Container.Sdk.Planning;

/// <summary>How code and libraries become layers: the values of <c>ContainerStrategy</c>, without <c>Auto</c>.</summary>
public enum Strategy
{
    /// <summary>Base, dependencies, application.</summary>
    Layered,

    /// <summary>The library is the base.</summary>
    BaseImage,

    /// <summary>Libraries are copied from their thin images.</summary>
    CopyFromImage,

    /// <summary>Libraries are built from their sources, in a container.</summary>
    BuildFromSource,

    /// <summary>Libraries are restored from a feed, in a container.</summary>
    PackageFeed,

    /// <summary>A fat build stage, a thin final stage.</summary>
    MultiStage,

    /// <summary>The toolchain runs in a container over mounted sources.</summary>
    BuilderPattern,
}
