namespace Container.Sdk.Oci;

/// <summary>A repository, wherever it lies: of a registry, or of a registry in a folder.</summary>
/// <param name="Name">Its name.</param>
public abstract record ImageRepository(RepositoryName Name)
{
    /// <summary>Finds out where a repository lies.</summary>
    /// <param name="registry"><c>host[:port]</c> or <c>oci:FOLDER</c>.</param>
    /// <param name="name">The repository.</param>
    /// <param name="folder">The folder that a relative one is relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static ImageRepository Parse(string registry, RepositoryName name, string folder)
    {
        if (registry.StartsWith("oci://", StringComparison.Ordinal)) throw Diagnostics.InvalidReference.Error(registry, "a folder is written oci:FOLDER, without //");
        if (registry == "oci:") throw Diagnostics.InvalidReference.Error(registry, "the folder is missing");
        return registry.StartsWith("oci:", StringComparison.Ordinal)
            ? new FolderRepository(Path.GetFullPath(registry[4..], folder), name)
            : new HostRepository(RegistryHost.Parse(registry), name);
    }

    /// <summary>The repository that an image lies in; <c>null</c> for images that lie in none (an archive, an engine, <c>scratch</c>).</summary>
    public static ImageRepository? Of(ImageReference image) => image switch
    {
        RegistryReference r => new HostRepository(r.Host, r.Repository),
        FolderReference { Name: { } name } f => new FolderRepository(f.Folder, RepositoryName.Parse(name.Split(':')[0])),
        _ => null,
    };

    /// <summary>Reads what <see cref="object.ToString"/> wrote.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static ImageRepository ParseName(string text, string folder) =>
        Of(ImageReference.Parse(text, folder)) ?? throw Diagnostics.InvalidReference.Error(text, "it is no repository");

    /// <summary>An image of the repository.</summary>
    /// <param name="tag">Its tag, or <c>null</c>.</param>
    /// <param name="digest">Its digest, or <c>null</c>.</param>
    public abstract ImageReference Image(Tag? tag, Digest? digest = null);
}

/// <summary>A repository of a registry.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Name">Its name.</param>
public sealed record HostRepository(RegistryHost Host, RepositoryName Name) : ImageRepository(Name)
{
    /// <inheritdoc/>
    public override ImageReference Image(Tag? tag, Digest? digest = null) => new RegistryReference(Host, Name, tag, digest);

    /// <inheritdoc/>
    public override string ToString() => $"{Host}/{Name}";
}

/// <summary>A repository of a registry in a folder.</summary>
/// <param name="Folder">Absolute path of the layout.</param>
/// <param name="Name">Its name.</param>
public sealed record FolderRepository(string Folder, RepositoryName Name) : ImageRepository(Name)
{
    /// <inheritdoc/>
    public override ImageReference Image(Tag? tag, Digest? digest = null) => new FolderReference(Folder, tag is null ? null : $"{Name}:{tag}", digest);

    /// <inheritdoc/>
    public override string ToString() => $"oci:{Folder}:{Name}";
}
