using System.Collections.Immutable;

namespace Container.Sdk.Oci;

/// <summary>An image in a registry.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tag">The tag, or <c>null</c> where only a digest is given.</param>
/// <param name="Digest">The digest, or <c>null</c> where only a tag is given. Where both are given, the digest decides.</param>
public sealed record RegistryReference(RegistryHost Host, RepositoryName Repository, Tag? Tag, Digest? Digest) : ImageReference
{
    /// <inheritdoc/>
    public override ImageRepository Location => new HostRepository(Host, Repository);

    /// <inheritdoc/>
    public override bool CanMove => Digest is null;

    /// <inheritdoc/>
    public override string PublicName(string written) => written;

    /// <inheritdoc/>
    public override string EngineName => ToString();

    /// <summary>What to ask the registry for: the digest where there is one, else the tag.</summary>
    public string Selector => Digest?.ToString() ?? Tag!.Value;

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

    /// <inheritdoc/>
    public override ImageReference At(Digest digest) => this with { Digest = digest };

    /// <inheritdoc/>
    public override string ToString() => $"{Host}/{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";
}

/// <summary>A repository of a registry.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Name">Its name.</param>
public sealed record HostRepository(RegistryHost Host, RepositoryName Name) : ImageRepository(Name)
{
    /// <inheritdoc/>
    public override RegistryHost Registry => Host;

    /// <inheritdoc/>
    public override ImageReference Image(Tag? tag, Digest? digest = null) => new RegistryReference(Host, Name, tag, digest);

    /// <inheritdoc/>
    public override ImageTarget Target(ImmutableArray<Tag> tags) => new RegistryTarget(Host, Name, tags);

    /// <inheritdoc/>
    public override ImageRepository Sibling(RepositoryName name) => this with { Name = name };

    /// <inheritdoc/>
    public override string ToString() => $"{Host}/{Name}";
}

/// <summary>A registry, to deliver to.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tags">The tags.</param>
public sealed record RegistryTarget(RegistryHost Host, RepositoryName Repository, ImmutableArray<Tag> Tags) : ImageTarget(Repository, Tags)
{
    /// <inheritdoc/>
    public override string Name => $"{Host}/{Repository}";

    /// <inheritdoc/>
    public override ImageRepository Location => new HostRepository(Host, Repository);
}
