using System.Collections.Concurrent;

namespace Container.Sdk.Images.Tests;

/// <summary>A layer repository in memory, which remembers what it was asked for.</summary>
internal sealed class TestIndex : ILayerStore
{
    private readonly Dictionary<Digest, Image> _images = [];

    public ConcurrentQueue<Digest> Asked { get; } = new();

    /// <summary>Keeps all layers of an image as they are published.</summary>
    public TestIndex Keep(AssembledImage assembled)
    {
        foreach (var (layer, summary) in assembled.Image.Layers.Zip(assembled.Layers))
            if (summary.Key is { } key) Put(key, ThinImage.Of(layer, key, summary.Name, "a test"));
        return this;
    }

    /// <summary>Has an image for a key, whatever it says.</summary>
    public TestIndex Put(Digest key, Image image)
    {
        _images[key] = image;
        return this;
    }

    public Task<Image?> FindAsync(Digest key, CancellationToken cancellation)
    {
        Asked.Enqueue(key);
        return Task.FromResult(_images.GetValueOrDefault(key));
    }

    public IBlob Blob(Descriptor layer) => new KeptBlob(layer.Digest);

    public sealed record KeptBlob(Digest Digest) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => RepositoryName.Parse("team/layers");

        public Task<Stream> OpenAsync(CancellationToken cancellation) => throw new NotSupportedException();
    }
}
