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

    /// <summary>Reads what <see cref="object.ToString"/> wrote. The first part is always the registry, with or without a dot.</summary>
    /// <param name="text"><c>host[:port]/repository</c> or <c>oci:FOLDER:repository</c>.</param>
    /// <param name="folder">The folder that a relative one is relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static ImageRepository ParseName(string text, string folder)
    {
        var isLayout = text.StartsWith("oci:", StringComparison.Ordinal);
        var end = isLayout ? text.LastIndexOf(':') : text.IndexOf('/', StringComparison.Ordinal);
        return end > (isLayout ? "oci:".Length : 0)
            ? Parse(text[..end], RepositoryName.Parse(text[(end + 1)..]), folder)
            : throw Diagnostics.InvalidReference.Error(text, "it is no repository of a registry or of a folder");
    }

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
