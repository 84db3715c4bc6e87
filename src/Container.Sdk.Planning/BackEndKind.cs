namespace Container.Sdk.Planning;

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
