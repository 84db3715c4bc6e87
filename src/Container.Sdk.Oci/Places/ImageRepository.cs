using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>A repository, wherever it lies: in a registry, or in a layout that is used as one.</summary>
/// <param name="Name">Its name.</param>
public abstract record ImageRepository(RepositoryName Name)
{
    /// <summary>The registry; <c>null</c> where the repository lies in a folder.</summary>
    public virtual RegistryHost? Registry => null;

    /// <summary>Finds out where a repository lies.</summary>
    /// <param name="registry"><c>host[:port]</c> or <c>oci:FOLDER</c>.</param>
    /// <param name="name">The repository.</param>
    /// <param name="folder">The folder that a relative one is relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static ImageRepository Parse(string registry, RepositoryName name, string folder) =>
        LayoutRepository.FolderOf(registry, folder) is { } layout ? new LayoutRepository(layout, name) : new HostRepository(RegistryHost.Parse(registry), name);

    /// <summary>Reads what <see cref="object.ToString"/> wrote.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static ImageRepository ParseName(string text, string folder) =>
        ImageReference.Parse(text, folder).Location ?? throw Diagnostics.InvalidReference.Error(text, "it is no repository");

    /// <summary>An image of the repository.</summary>
    /// <param name="tag">Its tag, or <c>null</c>.</param>
    /// <param name="digest">Its digest, or <c>null</c>.</param>
    public abstract ImageReference Image(Tag? tag, Digest? digest = null);

    /// <summary>The repository as a place to deliver to.</summary>
    /// <param name="tags">The tags, at least one.</param>
    public abstract ImageTarget Target(ImmutableArray<Tag> tags);

    /// <summary>Another repository of the same registry or layout.</summary>
    public abstract ImageRepository Sibling(RepositoryName name);
}
