using Container.Sdk.Images;

namespace Container.Sdk.Publishing;

/// <summary>Opens what a request names.</summary>
internal static class CacheExtensions
{
    /// <summary>The layer cache.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reporter">Told where the shared cache cannot be used.</param>
    public static LayerCache OpenCache(this ContainerRequest request, IReporter reporter) =>
        LayerCache.Open(request.Cache.Folder, request.Cache.Mode, request.Output.Layers, request.Cache.MaxBytes, reporter);
}
