namespace Container.Sdk.Oci;

/// <summary>
/// Where an image comes from. One notation for all sources:
/// <c>host[:port]/repository[:tag][@digest]</c>, <c>oci:FOLDER:repository[:tag][@digest]</c>, <c>oci-archive:FILE</c>,
/// <c>docker-archive:FILE</c>, <c>docker-daemon:NAME</c> and <c>scratch</c>.
/// </summary>
public abstract record ImageReference
{
    /// <summary>Reads a reference.</summary>
    /// <param name="text">The notation above.</param>
    /// <param name="folder">The folder that relative folders and files are relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static ImageReference Parse(string text, string folder)
    {
        if (text == "scratch") return new ScratchReference();
        if (Rest("oci://") is not null) throw Diagnostics.InvalidReference.Error(text, "a folder is written oci:FOLDER, without //");
        if (Rest("oci:") is { } layout) return FolderReference.Parse(text, layout, folder);
        if (Rest("oci-archive:") is { Length: > 0 } oci) return new ArchiveReference(Path.GetFullPath(oci, folder), ImageFormat.Oci);
        if (Rest("docker-archive:") is { Length: > 0 } docker) return new ArchiveReference(Path.GetFullPath(docker, folder), ImageFormat.Docker);
        if (Rest("docker-daemon:") is { Length: > 0 } name) return new DaemonReference(name);
        if (text is "oci-archive:" or "docker-archive:" or "docker-daemon:") throw Diagnostics.InvalidReference.Error(text, "nothing follows the colon");
        return RegistryReference.Parse(text);

        string? Rest(string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
    }
}

/// <summary>The empty base.</summary>
public sealed record ScratchReference : ImageReference
{
    /// <inheritdoc/>
    public override string ToString() => "scratch";
}

/// <summary>An image in an archive that <c>docker save</c> or <c>skopeo copy</c> wrote.</summary>
/// <param name="File">Absolute path of the archive.</param>
/// <param name="Format">Layout of the archive.</param>
public sealed record ArchiveReference(string File, ImageFormat Format) : ImageReference
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Format == ImageFormat.Oci ? "oci" : "docker")}-archive:{File}";
}

/// <summary>An image in the engine's own store.</summary>
/// <param name="Name">A name or an id that the engine knows.</param>
public sealed record DaemonReference(string Name) : ImageReference
{
    /// <inheritdoc/>
    public override string ToString() => $"docker-daemon:{Name}";
}

/// <summary>An image in a registry in a folder (an OCI image layout whose index names every image).</summary>
/// <param name="Folder">Absolute path of the layout.</param>
/// <param name="Name"><c>repository[:tag]</c>, as <c>org.opencontainers.image.ref.name</c> has it; <c>null</c>: the only image there.</param>
/// <param name="Digest">The digest that the image must have, or <c>null</c>.</param>
public sealed record FolderReference(string Folder, string? Name, Digest? Digest) : ImageReference
{
    internal static FolderReference Parse(string text, string layout, string folder)
    {
        // The colon of a Windows drive letter separates nothing.
        var drive = layout.Length > 2 && char.IsAsciiLetter(layout[0]) && layout[1] == ':' && layout[2] is '\\' or '/' ? 2 : 0;
        var colon = layout.IndexOf(':', drive);
        var (path, name) = colon < 0 ? (layout, null) : (layout[..colon], layout[(colon + 1)..]);
        if (path.Length == 0 || name is { Length: 0 }) throw Diagnostics.InvalidReference.Error(text, "the folder or the name is missing");
        Digest? digest = null;
        if (name?.IndexOf('@', StringComparison.Ordinal) is int at and >= 0)
        {
            digest = Oci.Digest.Parse(name[(at + 1)..]);
            name = name[..at];
        }
        return new FolderReference(Path.GetFullPath(path, folder), name, digest);
    }

    /// <inheritdoc/>
    public override string ToString() => $"oci:{Folder}{(Name is null ? "" : $":{Name}")}{(Digest is null ? "" : $"@{Digest}")}";
}

/// <summary>An image in a registry.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tag">The tag, or <c>null</c> where only a digest is given.</param>
/// <param name="Digest">The digest, or <c>null</c> where only a tag is given. Where both are given, the digest decides.</param>
public sealed record RegistryReference(RegistryHost Host, RepositoryName Repository, Tag? Tag, Digest? Digest) : ImageReference
{
    /// <summary>Reads <c>[host[:port]/]repository[:tag][@digest]</c>; without a host it is Docker Hub, without a tag and a digest <c>latest</c>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static new RegistryReference Parse(string text, string folder = "")
    {
        if (text.Length == 0) throw Diagnostics.InvalidReference.Error(text, "it is empty");
        if (text.Contains("://", StringComparison.Ordinal)) throw Diagnostics.InvalidReference.Error(text, "an image is written without http:// or https://");
        var (rest, digest) = text.IndexOf('@', StringComparison.Ordinal) is int at and >= 0
            ? (text[..at], Oci.Digest.Parse(text[(at + 1)..]))
            : (text, null);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : rest[..slash];
        // The rule of every container tool: the first part is a host where it has a dot or a colon, or is localhost.
        var hasHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        var host = hasHost ? RegistryHost.Parse(first) : RegistryHost.DockerHub;
        var path = hasHost ? rest[(slash + 1)..] : rest;
        var colon = path.LastIndexOf(':');
        var tag = colon < 0 ? null : Oci.Tag.Parse(path[(colon + 1)..]);
        var name = colon < 0 ? path : path[..colon];
        if (host == RegistryHost.DockerHub && !name.Contains('/', StringComparison.Ordinal)) name = "library/" + name;
        return new RegistryReference(host, RepositoryName.Parse(name), tag ?? (digest is null ? Oci.Tag.Latest : null), digest);
    }

    /// <summary>What to ask the registry for: the digest where there is one, else the tag.</summary>
    public string Selector => Digest?.ToString() ?? Tag!.Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Host}/{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";
}
