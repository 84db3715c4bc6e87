namespace Container.Sdk;

// What is said of building and running with engines.
public static partial class Diagnostics
{
    /// <summary>A step of a Dockerfile failed.</summary>
    public static readonly Diagnostic BuildStepFailed = new("CSDK9003", "{0}: the step '{1}' failed: {2}. It says:\n{3}\nMend what it complains of, and build again.");
    /// <summary>An image that a Dockerfile names cannot be had.</summary>
    public static readonly Diagnostic BuildImageNotFound = new("CSDK9004", "{0}: an image that the build starts or copies from cannot be had: {1}. Check its name, and whether the engine reaches its registry and may read there.", Transient: true);
    /// <summary>No room where the engine builds.</summary>
    public static readonly Diagnostic EngineDiskFull = new("CSDK9005", "{0} has no room left to build {1}: {2}. Remove what it no longer needs ('docker builder prune', 'podman image prune', 'buildah rmi --prune'), or give it a larger disk.");
    /// <summary>A Dockerfile is not one.</summary>
    public static readonly Diagnostic InvalidDockerfile = new("CSDK9006", "{0}: {1} does not understand the Dockerfile: {2}. Correct that line; where the file was generated and not changed, update the engine.");
    /// <summary>A step needs a shell, and its image has none.</summary>
    public static readonly Diagnostic NoShell = new("CSDK9007", "{0}: the step '{1}' needs a shell, and the image that it runs in has none ({2}). Build in an image with a shell (ContainerBuildImage); steps that an image without one can run name a program: RUN [\"program\", \"argument\"].");
    /// <summary>The engine is too old.</summary>
    public static readonly Diagnostic EngineTooOld = new("CSDK9008", "{0} {1} is too old to build with; {2} or newer is needed. Update it, or set ContainerEngine to another engine.");
    /// <summary>Docker lacks buildx.</summary>
    public static readonly Diagnostic BuildxMissing = new("CSDK9009", "docker has no buildx plug-in, and images are built with BuildKit only: {0}. Install it (the package docker-buildx-plugin or docker-buildx), or set ContainerEngine to podman or buildah.");
    /// <summary>A build cache cannot be read or written.</summary>
    public static readonly Diagnostic BuildCacheFailed = new("CSDK9010", "A build cache cannot be used: {0}. Check ContainerBuildCacheFrom and ContainerBuildCacheTo.");
    /// <summary>A build failed in no step of its own.</summary>
    public static readonly Diagnostic BuildFailed = new("CSDK9011", "{0} could not build {1}: {2}.");
    /// <summary>A file that a step copies is not there.</summary>
    public static readonly Diagnostic NotInContext = new("CSDK9012", "{0}: the step '{1}' copies what is not there: {2}. It must lie below the folder that the build was given as its context ({3}), and no .dockerignore may leave it out.");
    /// <summary>There is no such builder.</summary>
    public static readonly Diagnostic BuilderNotFound = new("CSDK9013", "ContainerBuildxBuilder is '{0}', and docker cannot use it: {1}. 'docker buildx ls' says which builders there are.");
    /// <summary>A container did not run.</summary>
    public static readonly Diagnostic ContainerNotStarted = new("CSDK9014", "{0} could not run a container of {1}: {2}.");
    /// <summary>An engine is asked for what it cannot do.</summary>
    public static readonly Diagnostic EngineCannot = new("CSDK9015", "{0} cannot {1}, and {2} asks for it. Use {3}.");
}
