using System.Text.Json.Nodes;

namespace Container.Sdk.Oci;

/// <summary>
/// The documents at the top of an archive that every tool reads: it is an OCI image layout, and has Docker's
/// <c>manifest.json</c> beside the index, as <c>docker save</c> itself writes since Docker 25.
/// </summary>
internal static class ArchiveDocuments
{
    public static byte[] Layout { get; } = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray();

    /// <summary>The index: one entry for each tag. skopeo and podman take the first annotation, containerd the second.</summary>
    public static byte[] Index(Image image, RepositoryName repository, IReadOnlyList<Tag> tags)
    {
        var plain = image.Descriptor with { Platform = image.Configuration.Platform };
        var tagged = tags.Select(tag => plain with
        {
            Annotations = plain.Annotations
                .Add(ImageLayout.RefName, ArchiveNames.Reference(repository, tag))
                .Add(ArchiveNames.NameAnnotation, ArchiveNames.Canonical(repository, tag)),
        });
        return new ImageIndex(MediaTypes.OciIndex, tags.Count == 0 ? [plain] : [.. tagged]).ToBytes();
    }

    /// <summary>Docker's list, which has this one image.</summary>
    public static byte[] Manifest(Image image, RepositoryName repository, IReadOnlyList<Tag> tags) => Json.ToBytes(new JsonArray(new JsonObject
    {
        ["Config"] = ArchiveNames.Blob(image.Manifest.Config.Digest),
        ["RepoTags"] = tags.Count == 0 ? null : Json.ArrayOf(tags.Select(tag => ArchiveNames.Reference(repository, tag))),
        ["Layers"] = Json.ArrayOf(image.Layers.Select(l => ArchiveNames.Blob(l.Descriptor.Digest))),
    }));
}
