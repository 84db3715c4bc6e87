namespace Container.Sdk.Oci;

/// <summary>An image in a registry in a folder.</summary>
public sealed class LayoutImageSource(LayoutReference reference) : IImageSource
{
    /// <inheritdoc/>
    public async Task<Image> ResolveAsync(Platform platform, CancellationToken cancellation)
    {
        var name = reference.ToString();
        var layout = new ImageLayout(reference.Folder);
        if (!Directory.Exists(reference.Folder)) throw Diagnostics.ImageNotFound.Error(name);
        if (!layout.Exists) throw Diagnostics.DamagedLayout.Error(reference.Folder, "it has no index.json or no oci-layout");
        return await layout.ReadAsync(Find(layout), platform, name, cancellation).ConfigureAwait(false);
    }

    private Descriptor Find(ImageLayout layout)
    {
        if (reference.Digest is { } digest && layout.ReadIndex().Manifests.FirstOrDefault(m => m.Digest == digest) is { } byDigest) return byDigest;
        // An image whose tag moved on is in no index any more; its manifest still lies among the blobs.
        if (reference.Digest is { } moved && new FileInfo(layout.Blobs.PathOf(moved)) is { Exists: true, Length: <= ImageManifest.LargestSize } file)
            return new Descriptor(MediaTypes.OciManifest, moved, file.Length);
        if (reference is { Digest: null, Name: { } wanted } && layout.Find(wanted) is { } found) return found;
        if (reference is { Digest: null, Name: null })
        {
            var all = layout.ReadIndex().Manifests.DistinctBy(m => m.Digest).ToList();
            if (all.Count == 1) return all[0];
            throw Diagnostics.InvalidReference.Error(reference.ToString(), $"the folder holds {all.Count} images, and none is named");
        }
        throw Diagnostics.ImageNotFound.Error(reference.ToString());
    }
}
