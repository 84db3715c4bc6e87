using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>A finished image: its documents, and for each layer where its bytes can be had.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="ManifestBytes">The manifest's bytes, as stored.</param>
/// <param name="Configuration">The configuration.</param>
/// <param name="ConfigurationBytes">The configuration's bytes, as stored.</param>
/// <param name="Layers">The layers, in the manifest's order.</param>
public sealed record Image(
    ImageManifest Manifest, byte[] ManifestBytes, ImageConfiguration Configuration, byte[] ConfigurationBytes, ImmutableArray<ImageLayer> Layers)
{
    /// <summary>Descriptor of the manifest.</summary>
    public Descriptor Descriptor { get; } = new(Manifest.MediaType, Digest.Of(ManifestBytes), ManifestBytes.Length);

    /// <summary>Puts together what a source fetched, and checks that the parts are one image.</summary>
    /// <param name="manifest">The manifest, read from <paramref name="manifestBytes"/>.</param>
    /// <param name="manifestBytes">Its bytes.</param>
    /// <param name="configuration">The configuration's bytes.</param>
    /// <param name="platform">The platform that the image must be for; <c>null</c>: any.</param>
    /// <param name="name">What the image is called, for messages.</param>
    /// <param name="open">Where the bytes of a layer can be had.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotAnImage"/> or <see cref="Diagnostics.NoMatchingPlatform"/></exception>
    public static Image Read(
        ImageManifest manifest, byte[] manifestBytes, byte[] configuration, Platform? platform, string name, Func<Descriptor, IBlob> open)
    {
        var parsed = ImageConfiguration.Parse(configuration, name);
        if (parsed.DiffIds.Count != manifest.Layers.Length)
            throw Diagnostics.NotAnImage.Error(name, $"its manifest has {manifest.Layers.Length} layers and its configuration {parsed.DiffIds.Count}");
        if (platform is not null && !platform.Accepts(parsed.Platform))
            throw Diagnostics.NoMatchingPlatform.Error(name, platform.ToString(), parsed.Platform.ToString());
        var layers = manifest.Layers.Select((layer, i) => new ImageLayer(layer, parsed.DiffIds[i], open(layer)));
        return new Image(manifest, manifestBytes, parsed, configuration, [.. layers]);
    }
}

/// <summary>A layer of an image.</summary>
/// <param name="Descriptor">Its descriptor.</param>
/// <param name="DiffId">Digest of its uncompressed bytes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ImageLayer(Descriptor Descriptor, Digest DiffId, IBlob Content);

/// <summary>Content that lies somewhere, and is read only where a destination lacks it.</summary>
public interface IBlob
{
    /// <summary>A repository of the registry that is known to have this content, so that another one there can mount it; or <c>null</c>.</summary>
    RepositoryName? PlaceIn(RegistryHost registry);

    /// <summary>Opens the content for one reading. The stream throws where the content is not what its digest says.</summary>
    Task<Stream> OpenAsync(CancellationToken cancellation);
}
