namespace Container.Sdk.Registry.Tests;

/// <summary>Content in memory that counts how often it is opened.</summary>
internal sealed class TestBlob(byte[] bytes, RepositoryName? place = null) : IBlob
{
    private int _opened;

    public byte[] Bytes => bytes;

    public int Opened => _opened;

    public RepositoryName? PlaceIn(RegistryHost registry) => place;

    public Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _opened);
        return Task.FromResult<Stream>(new MemoryStream(bytes));
    }
}

/// <summary>Makes images.</summary>
internal static class TestImage
{
    public static readonly Platform Linux = new("linux", "amd64");

    /// <summary>Bytes that are the same for the same seed.</summary>
    public static byte[] Bytes(int seed, int size)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>An image whose layers are these bytes; nobody here reads them as archives.</summary>
    public static Image Of(params byte[][] layers) => Of(Linux, ImageFormat.Oci, [.. layers.Select(l => new TestBlob(l))]);

    /// <summary>An image of these layers.</summary>
    public static Image Of(Platform platform, ImageFormat format, params TestBlob[] layers)
    {
        var type = MediaTypes.Layer(MediaTypes.OciLayerGzip, format)!;
        var changes = new ConfigurationChanges
        {
            Created = "1980-01-01T00:00:00Z",
            Layers = [.. layers.Select(l => (Digest.Of(l.Bytes), "test"))],
        };
        var configuration = ImageConfiguration.Empty(platform).With(changes);
        var bytes = configuration.ToBytes();
        var content = layers.Select(l => new ImageLayer(new Descriptor(type, Digest.Of(l.Bytes), l.Bytes.Length), Digest.Of(l.Bytes), l)).ToArray();
        var manifest = new ImageManifest(format, new Descriptor(MediaTypes.Config(format), Digest.Of(bytes), bytes.Length), [.. content.Select(l => l.Descriptor)]);
        return new Image(manifest, manifest.ToBytes(), configuration, bytes, [.. content]);
    }
}
