using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>
/// An OCI image layout (image-layout.md) used as a registry in a folder: its index names every image
/// <c>repository:tag</c> by <see cref="RefName"/>, as skopeo reads and writes it.
/// </summary>
/// <param name="Folder">Absolute path of the layout.</param>
public sealed record ImageLayout(string Folder)
{
    /// <summary>The annotation that names an image in an index.</summary>
    public const string RefName = "org.opencontainers.image.ref.name";

    private const string LayoutFile = "{\"imageLayoutVersion\":\"1.0.0\"}";

    /// <summary>The blobs.</summary>
    public BlobFolder Blobs { get; } = new(Folder);

    private string IndexPath => Path.Combine(Folder, "index.json");

    private string VersionPath => Path.Combine(Folder, "oci-layout");

    /// <summary>Whether there is a layout.</summary>
    public bool Exists => File.Exists(IndexPath) && File.Exists(VersionPath);

    /// <summary>Reads the index; an empty one where the folder has no layout yet.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.DamagedLayout"/></exception>
    public ImageIndex ReadIndex()
    {
        try
        {
            if (File.Exists(VersionPath) && Json.ParseObject(File.ReadAllBytes(VersionPath)).GetString("imageLayoutVersion") is not "1.0.0")
                throw Diagnostics.DamagedLayout.Error(Folder, "oci-layout is not of version 1.0.0");
            return File.Exists(IndexPath) ? ImageIndex.Parse(File.ReadAllBytes(IndexPath), IndexPath) : new ImageIndex(MediaTypes.OciIndex, []);
        }
        catch (ContainerException e) when (e.Diagnostic == Diagnostics.NotAnImage)
        {
            throw Diagnostics.DamagedLayout.Error(e, Folder, e.Message);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.DamagedLayout.Error(e, Folder, e.Message);
        }
    }

    /// <summary>Finds an image by its name; <c>repository</c> alone is <c>repository:latest</c>.</summary>
    /// <returns>Its descriptor, or <c>null</c>.</returns>
    public Descriptor? Find(string name)
    {
        var index = ReadIndex();
        return Named(name) ?? Named($"{name}:latest");

        Descriptor? Named(string wanted) =>
            index.Manifests.FirstOrDefault(m => m.Annotations.TryGetValue(RefName, out var refName) && refName == wanted);
    }

    /// <summary>
    /// Gives <paramref name="image"/> each of the names, over what had them. Many processes may do so at once: the index is
    /// changed under a lock, and replaced as a whole.
    /// </summary>
    public void Name(Descriptor image, IReadOnlyCollection<string> names)
    {
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(Folder, e);
        }
        using (FileLock.Acquire(Path.Combine(Folder, "index.json.lock")))
        {
            var known = ReadIndex();
            // What other tools wrote into the index stays as it is.
            var index = File.Exists(IndexPath) ? Json.ParseObject(File.ReadAllBytes(IndexPath)) : Json.ParseObject(known.ToBytes());
            var others = index.GetArray("manifests")!.Where((_, i) => !(known.Manifests[i].Annotations.TryGetValue(RefName, out var name) && names.Contains(name)));
            var added = names.Select(n => (JsonNode?)(image with { Annotations = image.Annotations.SetItem(RefName, n) }).ToJson());
            index["manifests"] = new JsonArray([.. others.Select(m => m!.DeepClone()).Concat(added).OrderBy(NameOf, StringComparer.Ordinal)]);
            if (!File.Exists(VersionPath)) AtomicFile.Write(VersionPath, System.Text.Encoding.UTF8.GetBytes(LayoutFile));
            AtomicFile.Write(IndexPath, Json.ToBytes(index));
        }
    }

    /// <summary>Makes <paramref name="image"/> the only image, without a name.</summary>
    public void Set(Descriptor image)
    {
        AtomicFile.Write(VersionPath, System.Text.Encoding.UTF8.GetBytes(LayoutFile), durable: false);
        AtomicFile.Write(IndexPath, new ImageIndex(MediaTypes.OciIndex, [image]).ToBytes(), durable: false);
    }

    /// <summary>Removes all images and all blobs.</summary>
    /// <exception cref="ContainerException">The disk does not let us.</exception>
    public void Clear()
    {
        AtomicFile.TryDelete(IndexPath);
        Blobs.Clear();
    }

    private static string NameOf(JsonNode? manifest) => manifest?.AsObject().GetObject("annotations")?.GetString(RefName) ?? "";

    /// <summary>Reads an image.</summary>
    /// <param name="descriptor">Its manifest, or an index that has one for <paramref name="platform"/>.</param>
    /// <param name="platform">The wanted platform; <c>null</c>: whichever the manifest is for.</param>
    /// <param name="name">What it is called, for messages.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Image> ReadAsync(Descriptor descriptor, Platform? platform, string name, CancellationToken cancellation)
    {
        var bytes = await ReadDocumentAsync(descriptor, cancellation).ConfigureAwait(false);
        if (MediaTypes.IsIndex(descriptor.MediaType) && platform is not null)
            return await ReadAsync(ImageIndex.Parse(bytes, name).Select(platform, name), platform, name, cancellation).ConfigureAwait(false);
        if (!MediaTypes.IsManifest(descriptor.MediaType)) throw Diagnostics.NotAnImage.Error(name, $"it is '{descriptor.MediaType}'");
        var manifest = ImageManifest.Parse(bytes, name);
        var config = await ReadDocumentAsync(manifest.Config, cancellation).ConfigureAwait(false);
        return Image.Read(manifest, bytes, config, platform, name, layer => new LayoutBlob(Blobs, layer));
    }

    private async Task<byte[]> ReadDocumentAsync(Descriptor descriptor, CancellationToken cancellation)
    {
        using var stream = (VerifiedStream)Blobs.Open(descriptor);
        return await stream.ReadAllAsync(ImageManifest.LargestSize, cancellation).ConfigureAwait(false);
    }
}
