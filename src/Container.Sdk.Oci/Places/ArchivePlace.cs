using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>An image in an archive that <c>docker save</c> or <c>skopeo copy</c> wrote.</summary>
/// <param name="File">Absolute path of the archive.</param>
/// <param name="Format">Layout of the archive.</param>
public sealed record ArchiveReference(string File, ImageFormat Format) : ImageReference
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Format == ImageFormat.Oci ? "oci" : "docker")}-archive:{File}";
}

/// <summary>An archive, to deliver to.</summary>
/// <param name="Path">Absolute path of the file; one that ends in <c>/</c>, or is a folder, is a folder to put it into.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags.</param>
public sealed record ArchiveTarget(string Path, RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <summary>
    /// Absolute path of the archive. In a folder it is named after the repository; the name ends in <c>.tar.gz</c> although the
    /// file is a plain tar, because the in-box SDK's does, and scripts look for it.
    /// </summary>
    public string File => System.IO.Path.EndsInDirectorySeparator(Path) || Directory.Exists(Path)
        ? System.IO.Path.Combine([Path, .. $"{Repository}.tar.gz".Split('/')])
        : Path;

    /// <inheritdoc/>
    public override IEnumerable<string> Written => [File];
}
