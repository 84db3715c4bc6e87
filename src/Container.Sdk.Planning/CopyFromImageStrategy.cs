using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>
/// <c>CopyFromImage</c>: layered, and libraries are copied from their own thin images, so that they have one layer, the same
/// blob everywhere. What is a library project of the app's own gets such an image on the way.
/// </summary>
public static class CopyFromImageStrategy
{
    private const string Unknown = "restore did not take it from its library image";

    /// <summary>Arranges published files into the layers of an image.</summary>
    /// <param name="files">The files.</param>
    /// <param name="workingDirectory">The app's folder in the image, absolute.</param>
    /// <param name="maxLayers">The most layers, at least one.</param>
    /// <param name="libraries">The library image of a package, by id and version; <c>null</c> where none is known.</param>
    /// <param name="thinImages">The repository for the thin image of a referenced project; <c>null</c> where it gets none.</param>
    /// <exception cref="ContainerException">See <see cref="LayeredStrategy"/>.</exception>
    public static IEnumerable<PlannedLayer> Arrange(
        IReadOnlyList<PublishedFile> files, string workingDirectory, int maxLayers,
        Func<FileOrigin, LibraryLayer?> libraries, Func<string, RepositoryName?> thinImages)
    {
        var origins = files.Select(f => f.Origin).Distinct().ToDictionary(o => o.ToString(), StringComparer.Ordinal);
        return LayeredStrategy.Arrange(files, workingDirectory, maxLayers).Select(layer => layer.Components.Length == 1 ? Share(layer, origins[layer.Components[0]]) : layer);

        PlannedLayer Share(PlannedLayer layer, FileOrigin origin) => origin.Kind switch
        {
            OriginKind.Library => libraries(origin) is { } library ? layer with { Library = library } : layer with { NotShared = Unknown },
            OriginKind.Project => layer with { ThinImage = thinImages(origin.Id) },
            _ => layer,
        };
    }
}
