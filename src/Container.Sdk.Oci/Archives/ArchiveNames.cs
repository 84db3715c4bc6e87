namespace Container.Sdk.Oci;

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
