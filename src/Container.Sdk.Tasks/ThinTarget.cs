using Container.Sdk.Images;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary>Other repositories in the place that an app goes to: where its layers lie as thin images.</summary>
internal static class ThinTarget
{
    /// <summary>A tag in another repository there; <c>null</c> where there are no repositories (an archive, an engine, nowhere).</summary>
    public static ImageTarget? Beside(this ImageTarget app, RepositoryName repository, Tag tag) => app switch
    {
        RegistryTarget t => new RegistryTarget(t.Host, repository, [tag]),
        LayoutTarget t => new LayoutTarget(t.Folder, repository, [tag]),
        _ => null,
    };

    /// <summary>The layer, which another repository there has now. (A folder has no place to mount from: its blobs are all one.)</summary>
    public static ImageLayer In(this ImageLayer layer, ImageTarget app, RepositoryName repository) =>
        app is RegistryTarget { Host: var host } ? layer with { Content = new PlacedBlob(layer.Content, host, repository) } : layer;
}
