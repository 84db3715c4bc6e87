using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;

namespace Container.Sdk.Libraries.Tests;

/// <summary>Library images in memory, in one repository, with what was asked of it.</summary>
internal sealed class MemoryImages(string work) : IRepositoryReader
{
    private readonly ConcurrentDictionary<string, Image> _images = new();
    private readonly ConcurrentDictionary<Digest, byte[]> _blobs = new();

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Changes bytes on their way.</summary>
    public Func<byte[], byte[]> Transport { get; set; } = bytes => bytes;

    /// <summary>Puts a library under a tag.</summary>
    /// <param name="library"><c>Acme.A 1.0.0</c>, as the package says.</param>
    /// <param name="tag">The tag; <c>null</c>: the version.</param>
    /// <param name="content">What its assembly has.</param>
    /// <param name="dependency">Another one that it needs, as XML.</param>
    /// <param name="created">When; another time makes another image of the same package.</param>
    public Digest Put(string library, string? tag = null, string content = "assembly", string dependency = "", string created = "1980-01-01T00:00:00Z")
    {
        var (id, version) = (library.Split(' ')[0], library.Split(' ')[1]);
        var nupkg = Package(id, version, content, dependency);
        var layers = new[] { Layer($"packages/{id}.{NuGet.Versioning.NuGetVersion.Parse(version).ToNormalizedString()}.nupkg", nupkg), Layer($"app/{id}.dll", Encoding.UTF8.GetBytes(content)) };
        var configuration = ImageConfiguration.Empty(new Platform("linux", "amd64")).With(new ConfigurationChanges
        {
            Created = created,
            Labels = new Dictionary<string, string> { [LibraryLabels.Id] = id, [LibraryLabels.Version] = version, [LibraryLabels.Framework] = "net10.0", [LibraryLabels.Dependencies] = "{}" },
            Layers = [.. layers.Select(l => (l.DiffId, "made by a test"))],
        });
        var bytes = configuration.ToBytes();
        var manifest = new ImageManifest(ImageFormat.Oci, new Descriptor(MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length), [.. layers.Select(l => l.Descriptor)]);
        var image = new Image(manifest, manifest.ToBytes(), configuration, bytes, [.. layers]);
        _images[tag ?? version] = image;
        _images[image.Descriptor.Digest.ToString()] = image;
        return image.Descriptor.Digest;
    }

    /// <summary>Takes a tag away; the image stays.</summary>
    public void Untag(string tag) => _images.TryRemove(tag, out _);

    public Task<IReadOnlyList<Tag>> ListTagsAsync(CancellationToken cancellation)
    {
        Asked.Enqueue("tags");
        return Task.FromResult<IReadOnlyList<Tag>>([.. _images.Keys.Select(k => Tag.TryParse(k, out var tag) ? tag : null).OfType<Tag>()]);
    }

    public Task<Image?> FindAsync(Tag tag, CancellationToken cancellation) => Find(tag.Value);

    public Task<Image?> FindAsync(Digest digest, CancellationToken cancellation) => Find(digest.ToString());

    public IBlob Blob(Descriptor descriptor) => new MemoryBlob(this, descriptor.Digest);

    private Task<Image?> Find(string name)
    {
        Asked.Enqueue(name);
        return Task.FromResult(_images.GetValueOrDefault(name));
    }

    private ImageLayer Layer(string path, byte[] content)
    {
        var source = Path.Combine(Directory.CreateDirectory(work).FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(source, content);
        using var output = new MemoryStream();
        using var budget = new PackingBudget(1);
        var packed = LayerPacker.Pack([new LayerEntry(path, new FileContent(source, content.Length, Digest.Of(content)), LayerEntry.DataMode)], output, budget, default);
        _blobs[packed.Digest] = output.ToArray();
        return new ImageLayer(new Descriptor(MediaTypes.OciLayerGzip, packed.Digest, packed.Size), packed.DiffId, new MemoryBlob(this, packed.Digest));
    }

    private static byte[] Package(string id, string version, string content, string dependency)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add($"{id}.nuspec", $"<package><metadata><id>{id}</id><version>{version}</version><dependencies><group targetFramework=\"net10.0\">{dependency}</group></dependencies></metadata></package>");
            Add($"lib/net10.0/{id}.dll", content);

            void Add(string path, string text)
            {
                var entry = zip.CreateEntry(path);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }

    private sealed record MemoryBlob(MemoryImages Images, Digest Digest) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation)
        {
            Images.Asked.Enqueue(Digest.ToString());
            return Task.FromResult<Stream>(new MemoryStream(Images.Transport(Images._blobs[Digest])));
        }
    }
}
