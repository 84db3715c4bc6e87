using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>An image in a folder: an OCI image layout whose index names every image.</summary>
/// <param name="Folder">Absolute path of the layout.</param>
/// <param name="Name"><c>repository[:tag]</c>, as <c>org.opencontainers.image.ref.name</c> has it; <c>null</c>: the only image there.</param>
/// <param name="Digest">The digest that the image must have, or <c>null</c>.</param>
public sealed record LayoutReference(string Folder, string? Name, Digest? Digest) : ImageReference
{
    /// <inheritdoc/>
    public override ImageRepository? Location => Name is null ? null : new LayoutRepository(Folder, RepositoryName.Parse(Name.Split(':')[0]));

    /// <inheritdoc/>
    public override bool CanMove => Digest is null && Name is not null;

    /// <inheritdoc/>
    public override string? PublicName(string written) => Name;

    internal static new LayoutReference Parse(string text, string folder)
    {
        if (text.StartsWith("//", StringComparison.Ordinal)) throw Diagnostics.InvalidReference.Error($"oci:{text}", "a folder is written oci:FOLDER, without //");
        // The colon of a Windows drive letter separates nothing.
        var drive = text.Length > 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/' ? 2 : 0;
        var colon = text.IndexOf(':', drive);
        var (path, name) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        if (path.Length == 0 || name is { Length: 0 }) throw Diagnostics.InvalidReference.Error($"oci:{text}", "the folder or the name is missing");
        Digest? digest = null;
        if (name?.IndexOf('@', StringComparison.Ordinal) is int at and >= 0)
        {
            digest = Oci.Digest.Parse(name[(at + 1)..]);
            name = name[..at];
        }
        return new LayoutReference(Path.GetFullPath(path, folder), name, digest);
    }

    /// <inheritdoc/>
    public override ImageReference At(Digest digest) => this with { Digest = digest };

    /// <inheritdoc/>
    public override string ToString() => $"oci:{Folder}{(Name is null ? "" : $":{Name}")}{(Digest is null ? "" : $"@{Digest}")}";
}

/// <summary>A repository of a layout that is used as a registry.</summary>
/// <param name="Folder">Absolute path of the layout.</param>
/// <param name="Name">Its name.</param>
public sealed record LayoutRepository(string Folder, RepositoryName Name) : ImageRepository(Name)
{
    /// <summary>The folder that <c>oci:FOLDER</c> means; <c>null</c> where a text is not written so.</summary>
    /// <param name="registry">What stands for a registry.</param>
    /// <param name="folder">The folder that a relative one is relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/></exception>
    public static string? FolderOf(string registry, string folder)
    {
        if (!registry.StartsWith("oci:", StringComparison.Ordinal)) return null;
        if (registry.StartsWith("oci://", StringComparison.Ordinal)) throw Diagnostics.InvalidReference.Error(registry, "a folder is written oci:FOLDER, without //");
        return registry.Length > 4 ? Path.GetFullPath(registry[4..], folder) : throw Diagnostics.InvalidReference.Error(registry, "the folder is missing");
    }

    /// <inheritdoc/>
    public override ImageReference Image(Tag? tag, Digest? digest = null) => new LayoutReference(Folder, tag is null ? null : $"{Name}:{tag}", digest);

    /// <inheritdoc/>
    public override ImageTarget Target(ImmutableArray<Tag> tags) => new LayoutTarget(Folder, Name, tags);

    /// <inheritdoc/>
    public override ImageRepository Sibling(RepositoryName name) => this with { Name = name };

    /// <inheritdoc/>
    public override string ToString() => $"oci:{Folder}:{Name}";
}

/// <summary>A layout that is used as a registry, to deliver to.</summary>
/// <param name="Folder">Absolute path of the layout.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags.</param>
public sealed record LayoutTarget(string Folder, RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <inheritdoc/>
    public override string Name => $"oci:{Folder}:{Repository}";

    /// <inheritdoc/>
    public override ImageRepository Location => new LayoutRepository(Folder, Repository);
}
