using Container.Sdk.Images;
using Container.Sdk.Oci;

namespace Container.Sdk.Tasks;

/// <summary><c>ContainerLayerRepository</c>: the repository that keeps one copy of every layer, for all apps and machines.</summary>
internal sealed class LayerRepository(BuildSession session, ImageRepository repository, IReporter reporter) : ILayerStore
{
    private readonly IRepositoryReader _catalog = session.Catalog(repository);

    /// <summary>Its name.</summary>
    public RepositoryName Name => repository.Name;

    /// <inheritdoc/>
    public Task<Image?> FindAsync(Digest key, CancellationToken cancellation) =>
        session.OnceAsync($"look for {repository} {key}", c => LookAsync(SharedLayers.TagOf(key), c)).WaitAsync(cancellation);

    /// <inheritdoc/>
    public IBlob Blob(Descriptor layer) => _catalog.Blob(layer);

    /// <inheritdoc/>
    public override string ToString() => repository.ToString();

    /// <summary>The repository that a property names, in the place that an app goes to; <c>null</c> where there is none.</summary>
    /// <param name="session">The session.</param>
    /// <param name="target">Where the app goes to.</param>
    /// <param name="prefix"><c>ContainerRepositoryPrefix</c>.</param>
    /// <param name="name"><c>ContainerLayerRepository</c>.</param>
    /// <param name="reporter">Told what could not be looked into.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidRepository"/></exception>
    public static LayerRepository? Open(BuildSession session, ImageTarget target, string prefix, string name, IReporter reporter) => (name.Trim(), target) switch
    {
        ("", _) => null,
        (var text, RegistryTarget t) => new LayerRepository(session, new HostRepository(t.Host, RepositoryName.Parse(prefix + text)), reporter),
        (var text, LayoutTarget t) => new LayerRepository(session, new LayoutRepository(t.Folder, RepositoryName.Parse(prefix + text)), reporter),
        _ => null,
    };

    // Packing is always possible; whatever is wrong here is no reason to fail.
    private async Task<Image?> LookAsync(Tag tag, CancellationToken cancellation)
    {
        try
        {
            return await _catalog.FindAsync(tag, cancellation).ConfigureAwait(false);
        }
        catch (ContainerException e)
        {
            reporter.Detail($"{repository}:{tag} is not used: {e.Message}");
            return null;
        }
    }
}
