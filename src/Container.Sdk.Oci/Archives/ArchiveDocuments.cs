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

/// <summary>How an image and its parts are named in archives and engines.</summary>
public static class ArchiveNames
{
    /// <summary>The tag as an image layout and a <c>docker save</c> archive name it: <c>repository:tag</c>.</summary>
    public static string Reference(RepositoryName repository, Tag tag) => $"{repository}:{tag}";

    /// <summary>
    /// The same, as Docker and containerd complete it: <c>app:1.0</c> is <c>docker.io/library/app:1.0</c>. containerd
    /// stores an image under the name that it is given, so that Docker would not find the short one again.
    /// </summary>
    public static string Canonical(RepositoryName repository, Tag tag) =>
        HasHost(repository) ? $"{repository}:{tag}"
        : repository.Value.Contains('/', StringComparison.Ordinal) ? $"docker.io/{repository}:{tag}"
        : $"docker.io/library/{repository}:{tag}";

    /// <summary>Whether the first part of a name is a host for every engine, so that it is complete.</summary>
    public static bool HasHost(RepositoryName repository)
    {
        var slash = repository.Value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && repository.Value[..slash] is var first && (first == "localhost" || first.Contains('.', StringComparison.Ordinal));
    }

    /// <summary>Where an OCI image layout has a blob (image-layout.md, "Blobs").</summary>
    internal static string Blob(Digest digest) => $"blobs/{digest.Algorithm}/{digest.Hex}";

    /// <summary>The version of the image layout, on its own.</summary>
    internal const string Layout = "oci-layout";

    /// <summary>The index of an image layout.</summary>
    internal const string Index = "index.json";

    /// <summary>The list of images of a <c>docker save</c> archive.</summary>
    internal const string Manifest = "manifest.json";

    /// <summary>The annotation from which containerd and podman take the whole name.</summary>
    internal const string NameAnnotation = "io.containerd.image.name";
}
