using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>Where an image goes, as the project says it; nothing has been asked or opened yet.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags, at least one.</param>
public abstract record ImageTarget(RepositoryName Repository, ImmutableArray<Tag> Tags)
{
    /// <summary>How a person writes the image under its first tag, without digest.</summary>
    public abstract string Display { get; }

    /// <summary>The repository, where it is one of a registry or of a folder; else <c>null</c>.</summary>
    public virtual ImageRepository? Place => null;

    /// <summary>Decides where the image goes.</summary>
    /// <param name="registry"><c>ContainerRegistry</c>: <c>host[:port]</c>, <c>oci:FOLDER</c>, or empty for the local engine.</param>
    /// <param name="archive"><c>ContainerArchiveOutputPath</c>, or empty. It comes before the registry, as in-box.</param>
    /// <param name="engine"><c>ContainerEngine</c>, or empty.</param>
    /// <param name="deliver"><c>ContainerDeliver</c>.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="folder">The folder that relative paths are relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/></exception>
    public static ImageTarget Parse(
        string registry, string archive, string engine, bool deliver, RepositoryName repository, ImmutableArray<Tag> tags, string folder)
    {
        if (!deliver) return new NoTarget(repository, tags);
        if (archive.Length > 0) return new ArchiveTarget(Path.GetFullPath(archive, folder), repository, tags);
        if (registry.StartsWith("oci://", StringComparison.Ordinal)) throw Diagnostics.InvalidReference.Error(registry, "a folder is written oci:FOLDER, without //");
        if (registry == "oci:") throw Diagnostics.InvalidReference.Error(registry, "the folder is missing");
        if (registry.StartsWith("oci:", StringComparison.Ordinal)) return new FolderTarget(Path.GetFullPath(registry[4..], folder), repository, tags);
        return registry.Length == 0 ? new EngineTarget(engine, repository, tags) : new RegistryTarget(RegistryHost.Parse(registry), repository, tags);
    }
}

/// <summary>A registry.</summary>
public sealed record RegistryTarget(RegistryHost Host, RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <inheritdoc/>
    public override string Display => $"{Host}/{Repository}:{Tags[0]}";

    /// <inheritdoc/>
    public override ImageRepository Place => new HostRepository(Host, Repository);
}

/// <summary>A registry in a folder.</summary>
public sealed record FolderTarget(string Folder, RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <inheritdoc/>
    public override string Display => $"oci:{Folder}:{Repository}:{Tags[0]}";

    /// <inheritdoc/>
    public override ImageRepository Place => new FolderRepository(Folder, Repository);
}

/// <summary>An archive; a path that ends in <c>/</c> is a folder to put it into.</summary>
public sealed record ArchiveTarget(string Path, RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <inheritdoc/>
    public override string Display => $"{Repository}:{Tags[0]}";
}

/// <summary>The local engine; an empty name is the first that answers.</summary>
public sealed record EngineTarget(string Engine, RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <inheritdoc/>
    public override string Display => $"{Repository}:{Tags[0]}";
}

/// <summary>Nowhere: the image is made and kept.</summary>
public sealed record NoTarget(RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <inheritdoc/>
    public override string Display => $"{Repository}:{Tags[0]}";
}
