using Container.Sdk.Oci;

namespace Container.Sdk.Engines;

/// <summary>Builds with Podman or Buildah, which are one builder under two names.</summary>
internal static class BuildahBuild
{
    public static Task<BuiltImage> RunAsync(ContainerEngine engine, EngineBuild build, IReporter reporter, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
