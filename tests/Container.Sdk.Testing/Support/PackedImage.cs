using System.Collections.Immutable;
using System.Text;

namespace Container.Sdk.Testing;

/// <summary>An image with a layer for each of the contents, complete in every respect.</summary>
public static class PackedImage
{
    public static readonly Platform Amd64 = new("linux", "amd64");

    public static Image Create(params string[] contents) => Create(ImageFormat.Oci, Amd64, contents);

    public static Image Create(ImageFormat format, Platform platform, params string[] contents) =>
        Assemble(format, platform, [.. contents.Select((content, i) => Layer(format, $"app/file{i}", content))]);

    public static Image Assemble(ImageFormat format, Platform platform, ImmutableArray<ImageLayer> layers)
    {
        var configuration = ImageConfiguration.Empty(platform).With(new ConfigurationChanges
        {
            Created = "1980-01-01T00:00:00Z",
            Entrypoint = ["/app/x"],
            Layers = [.. layers.Select(l => (l.DiffId, "a test"))],
        });
        var bytes = configuration.ToBytes();
        var manifest = new ImageManifest(format, new Descriptor(MediaTypes.Config(format), Digest.Of(bytes), bytes.Length), [.. layers.Select(l => l.Descriptor)]);
        return new Image(manifest, manifest.ToBytes(), configuration, bytes, layers);
    }

    public static ImageLayer Layer(ImageFormat format, string path, string content)
    {
        using var files = new LayerFiles().File(path, Encoding.UTF8.GetBytes(content));
        using var output = new MemoryStream();
        using var budget = new PackingBudget(1);
        var packed = LayerPacker.Pack(files.Entries, output, budget, CancellationToken.None);
        var descriptor = new Descriptor(format == ImageFormat.Oci ? MediaTypes.OciLayerGzip : MediaTypes.DockerLayerGzip, packed.Digest, packed.Size);
        return new ImageLayer(descriptor, packed.DiffId, new MemoryBlob(output.ToArray(), descriptor));
    }
}
