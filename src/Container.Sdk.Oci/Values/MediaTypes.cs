namespace Container.Sdk.Oci;

/// <summary>The media types of images: the OCI image specification's (media-types.md), and Docker's.</summary>
public static class MediaTypes
{
#pragma warning disable CS1591 // The names say it.
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar";
    public const string OciLayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string OciLayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";
    public const string DockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";
#pragma warning restore CS1591

    /// <summary>Every media type that a manifest or an index can have, in the order in which a client prefers them.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [OciManifest, OciIndex, DockerManifest, DockerIndex];

    /// <summary>Whether it is a manifest of one image.</summary>
    public static bool IsManifest(string mediaType) => mediaType is OciManifest or DockerManifest;

    /// <summary>Whether it is a list of manifests.</summary>
    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerIndex;

    /// <summary>The media type of a manifest in a format.</summary>
    public static string Manifest(ImageFormat format) => format == ImageFormat.Oci ? OciManifest : DockerManifest;

    /// <summary>The media type of a configuration in a format.</summary>
    public static string Config(ImageFormat format) => format == ImageFormat.Oci ? OciConfig : DockerConfig;

    /// <summary>
    /// The media type of the same layer in another format: formats are never mixed in one manifest
    /// (the in-box SDK leaves the base's docker types in an OCI manifest).
    /// </summary>
    /// <returns><c>null</c> where the format has none, as Docker's for zstd.</returns>
    public static string? Layer(string mediaType, ImageFormat format) => (mediaType, format) switch
    {
        (OciLayer or DockerLayer, ImageFormat.Oci) => OciLayer,
        (OciLayer or DockerLayer, ImageFormat.Docker) => DockerLayer,
        (OciLayerGzip or DockerLayerGzip, ImageFormat.Oci) => OciLayerGzip,
        (OciLayerGzip or DockerLayerGzip, ImageFormat.Docker) => DockerLayerGzip,
        (OciLayerZstd, ImageFormat.Oci) => OciLayerZstd,
        _ => null,
    };
}

/// <summary>Whose media types the documents of an image carry.</summary>
public enum ImageFormat
{
    /// <summary>The OCI image specification, version 1.</summary>
    Oci,

    /// <summary>Docker's image manifest version 2, schema 2.</summary>
    Docker,
}
