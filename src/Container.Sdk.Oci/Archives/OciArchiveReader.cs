using System.Text.Json;

namespace Container.Sdk.Oci;

/// <summary>Reads an image from a tar of an OCI image layout (image-layout.md).</summary>
internal sealed class OciArchiveReader(ArchiveFile file)
{
    private const int DeepestIndex = 4;
    private const int MostManifests = 1000;

    public async Task<Image> ReadAsync(Platform platform, CancellationToken cancellation)
    {
        CheckLayout();
        var index = ImageIndex.Parse(file.ReadDocument(file.Get(ArchiveNames.Index)), file.Name);
        var roots = new List<(Descriptor Root, List<Descriptor> Manifests)>();
        // One image has an entry for each of its tags.
        foreach (var root in index.Manifests.DistinctBy(m => m.Digest))
        {
            var manifests = new List<Descriptor>();
            await CollectAsync(root, manifests, 0, cancellation).ConfigureAwait(false);
            roots.Add((root, manifests));
        }
        var chosen = Choose(index, roots, platform).Select(platform, file.Name);
        return await ReadImageAsync(chosen, cancellation).ConfigureAwait(false);
    }

    private void CheckLayout()
    {
        if (file.Find(ArchiveNames.Layout) is not { } entry)
            throw file.Damaged(file.Find(ArchiveNames.Manifest) is null ? "it has no 'oci-layout', so it is no OCI archive" : "it is no OCI archive, write docker-archive: before its name");
        try
        {
            var version = Json.ParseObject(file.ReadDocument(entry)).GetString("imageLayoutVersion");
            if (version?.StartsWith("1.", StringComparison.Ordinal) != true) throw file.Damaged($"its layout has the version '{version}', and 1 is known");
        }
        catch (JsonException e)
        {
            throw file.Damaged($"'oci-layout' cannot be read, {e.Message}");
        }
    }

    // Every manifest below a descriptor, each with its platform: where the index does not say it, the configuration does.
    private async Task CollectAsync(Descriptor descriptor, List<Descriptor> manifests, int depth, CancellationToken cancellation)
    {
        if (MediaTypes.IsIndex(descriptor.MediaType))
        {
            if (depth == DeepestIndex) throw file.Damaged("its indexes lie too deep in each other");
            var index = ImageIndex.Parse(await file.ReadBlobAsync(descriptor, cancellation).ConfigureAwait(false), file.Name);
            foreach (var child in index.Manifests) await CollectAsync(child, manifests, depth + 1, cancellation).ConfigureAwait(false);
            return;
        }
        if (!MediaTypes.IsManifest(descriptor.MediaType)) return;
        if (manifests.Count == MostManifests) throw file.Damaged($"it has more than {MostManifests} manifests");
        manifests.Add(descriptor.Platform is not null ? descriptor : descriptor with { Platform = await PlatformOfAsync(descriptor, cancellation).ConfigureAwait(false) });
    }

    private async Task<Platform?> PlatformOfAsync(Descriptor descriptor, CancellationToken cancellation)
    {
        var manifest = ImageManifest.Parse(await file.ReadBlobAsync(descriptor, cancellation).ConfigureAwait(false), file.Name);
        return ImageConfiguration.Parse(await file.ReadBlobAsync(manifest.Config, cancellation).ConfigureAwait(false), file.Name).Platform;
    }

    // Images that have nothing to do with each other can lie in one archive; to take the first would be to guess.
    private ImageIndex Choose(ImageIndex index, List<(Descriptor Root, List<Descriptor> Manifests)> roots, Platform platform)
    {
        var fitting = roots.Where(r => r.Manifests.Any(m => m.Platform == platform)).ToList();
        if (fitting.Count == 0) fitting = [.. roots.Where(r => r.Manifests.Any(m => m.Platform is { } offered && platform.Accepts(offered)))];
        if (fitting.Count <= 1) return new ImageIndex(index.MediaType, [.. (fitting.Count == 1 ? fitting : roots).SelectMany(r => r.Manifests)]);
        var names = fitting.Select(f => f.Root.Annotations.GetValueOrDefault(ImageLayout.RefName, f.Root.Digest.ToString()));
        throw Diagnostics.NotAnImage.Error(file.Name, $"it holds {fitting.Count} images for {platform} ({string.Join(", ", names)})");
    }

    private async Task<Image> ReadImageAsync(Descriptor descriptor, CancellationToken cancellation)
    {
        var manifestBytes = await file.ReadBlobAsync(descriptor, cancellation).ConfigureAwait(false);
        var manifest = ImageManifest.Parse(manifestBytes, file.Name);
        if (manifest.MediaType != descriptor.MediaType)
            throw Diagnostics.NotAnImage.Error(file.Name, $"its manifest is '{manifest.MediaType}', and is announced as '{descriptor.MediaType}'");
        var configuration = await file.ReadBlobAsync(manifest.Config, cancellation).ConfigureAwait(false);
        return Image.Read(manifest, manifestBytes, configuration, null, file.Name, layer => new ArchiveBlob(file, file.GetBlob(layer), layer));
    }
}
