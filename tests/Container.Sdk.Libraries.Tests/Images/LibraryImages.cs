using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Container.Sdk.Libraries.Tests;

/// <summary>Library images in memory.</summary>
internal static class LibraryImages
{
    /// <summary>The labels of Acme.Lib 1.2.3.</summary>
    public static Dictionary<string, string> Labels => new()
    {
        ["container-sdk.library.id"] = "Acme.Lib",
        ["container-sdk.library.version"] = "1.2.3",
        ["container-sdk.library.framework"] = "net10.0",
        ["container-sdk.library.dependencies"] = """{"Acme.Core":"[1.0.0, )"}""",
    };

    public static Image Of(params byte[][] tars) => Of(Labels, [.. tars.Select(t => Layer(t))]);

    public static Image Of(IReadOnlyDictionary<string, string> labels, params ImageLayer[] layers)
    {
        var configuration = Json.ToBytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { [nameof(Labels)] = new JsonObject(labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))) },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Json.ArrayOf(layers.Select(l => l.DiffId.ToString())) },
        });
        var manifest = new ImageManifest(ImageFormat.Oci, new Descriptor(MediaTypes.OciConfig, Digest.Of(configuration), configuration.Length), [.. layers.Select(l => l.Descriptor)]);
        return new Image(manifest, manifest.ToBytes(), ImageConfiguration.Parse(configuration, "the image"), configuration, [.. layers]);
    }

    public static ImageLayer Layer(byte[] tar) => LayerOf(Gzip(tar), tar);

    /// <summary>A layer whose compressed bytes need not be those of the tar.</summary>
    public static ImageLayer LayerOf(byte[] blob, byte[] tar, string mediaType = MediaTypes.OciLayerGzip, byte[]? served = null)
    {
        var descriptor = new Descriptor(mediaType, Digest.Of(blob), blob.Length);
        return new ImageLayer(descriptor, Digest.Of(tar), new BlobInMemory(served ?? blob, descriptor));
    }

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }

    private sealed class BlobInMemory(byte[] bytes, Descriptor descriptor) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) =>
            Task.FromResult<Stream>(new VerifiedStream(new MemoryStream(bytes), descriptor, "memory"));
    }
}
