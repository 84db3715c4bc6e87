using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>Where an image goes, as the project says it; nothing has been asked or opened yet.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags, at least one.</param>
public abstract record ImageTarget(RepositoryName Repository, ImmutableArray<Tag> Tags)
{
    /// <summary>How a person writes the image without tag and digest.</summary>
    public virtual string Name => Repository.Value;

    /// <summary>How a person writes the image under its first tag, without digest.</summary>
    public string Display => $"{Name}:{Tags[0]}";

    /// <summary>The repository, where it is one of a registry or of a layout; else <c>null</c>.</summary>
    public virtual ImageRepository? Location => null;

    /// <summary>The registry that is written to, whose credentials are needed and which can mount layers; <c>null</c> where it is none.</summary>
    public RegistryHost? Registry => Location?.Registry;

    /// <summary>Everything that is written. Two images of one build must not share any of it.</summary>
    public virtual IEnumerable<string> Written => Tags.Select(t => $"{Name}:{t}");

    /// <summary>Decides where the image goes.</summary>
    /// <param name="registry"><c>ContainerRegistry</c>: <c>host[:port]</c>, <c>oci:FOLDER</c>, or empty for the local engine.</param>
    /// <param name="archive"><c>ContainerArchiveOutputPath</c>, or empty. It comes before the registry, as in-box.</param>
    /// <param name="deliver"><c>ContainerDeliver</c>.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="folder">The folder that relative paths are relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/></exception>
    public static ImageTarget Parse(string registry, string archive, bool deliver, RepositoryName repository, ImmutableArray<Tag> tags, string folder) =>
        !deliver ? new NoTarget(repository, tags)
        : archive.Length > 0 ? new ArchiveTarget(Path.GetFullPath(archive, folder), repository, tags)
        : registry.Length == 0 ? new EngineTarget(repository, tags)
        : ImageRepository.Parse(registry, repository, folder).Target(tags);
}

/// <summary>Nowhere: the image is made and kept.</summary>
public sealed record NoTarget(RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags);
