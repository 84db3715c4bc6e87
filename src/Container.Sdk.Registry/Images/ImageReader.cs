using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>Puts an image together from its documents.</summary>
internal static class ImageReader
{
    private const int LargestConfiguration = 4 << 20;

    /// <summary>The image of a manifest. Its configuration is fetched, and no layer.</summary>
    /// <param name="repository">Where the image lies.</param>
    /// <param name="document">Its manifest.</param>
    /// <param name="name">How a person writes the image.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotAnImage"/>, or a code of the registry or of damage.</exception>
    public static async Task<Image> ReadAsync(RegistryRepository repository, RegistryManifest document, string name, CancellationToken cancellation)
    {
        var manifest = ImageManifest.Parse(document.Bytes, name);
        if (manifest.MediaType != document.MediaType) throw Diagnostics.NotAnImage.Error(name, $"it is '{document.MediaType}' with other content");
        var bytes = await repository.ReadBlobAsync(manifest.Config, LargestConfiguration, cancellation).ConfigureAwait(false);
        var configuration = ImageConfiguration.Parse(bytes, name);
        var diffIds = configuration.DiffIds;
        if (diffIds.Count != manifest.Layers.Length)
            throw Diagnostics.NotAnImage.Error(name, $"its manifest has {manifest.Layers.Length} layers and its configuration {diffIds.Count}");
        var layers = ImmutableArray.CreateBuilder<ImageLayer>(diffIds.Count);
        for (var i = 0; i < diffIds.Count; i++)
            layers.Add(new ImageLayer(manifest.Layers[i], diffIds[i], new RegistryBlob(repository, manifest.Layers[i])));
        return new Image(manifest, document.Bytes, configuration, bytes, layers.MoveToImmutable());
    }
}

/// <summary>A blob that lies in a registry.</summary>
internal sealed class RegistryBlob(RegistryRepository repository, Descriptor descriptor) : IBlob
{
    /// <inheritdoc/>
    public RepositoryName? PlaceIn(RegistryHost registry) => registry == repository.Client.Host ? repository.Name : null;

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellation) => repository.OpenBlobAsync(descriptor, cancellation);
}
