namespace Container.Sdk.Oci;

/// <summary>
/// Where an image comes from. One notation for all kinds of places:
/// <c>host[:port]/repository[:tag][@digest]</c>, <c>oci:FOLDER:repository[:tag][@digest]</c>, <c>oci-archive:FILE</c>,
/// <c>docker-archive:FILE</c>, <c>docker-daemon:NAME</c> and <c>scratch</c>.
/// </summary>
public abstract record ImageReference
{
    // What has none of these prefixes is in a registry.
    private static readonly (string Prefix, Func<string, string, ImageReference> Parse)[] Notations =
    [
        ("oci:", LayoutReference.Parse),
        ("oci-archive:", (file, folder) => new ArchiveReference(Path.GetFullPath(file, folder), ImageFormat.Oci)),
        ("docker-archive:", (file, folder) => new ArchiveReference(Path.GetFullPath(file, folder), ImageFormat.Docker)),
        ("docker-daemon:", (name, _) => new DaemonReference(name)),
    ];

    /// <summary>Reads a reference.</summary>
    /// <param name="text">The notation above.</param>
    /// <param name="folder">The folder that relative folders and files are relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/>, or the code of a part.</exception>
    public static ImageReference Parse(string text, string folder)
    {
        if (text == "scratch") return new ScratchReference();
        foreach (var (prefix, parse) in Notations)
        {
            if (!text.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (text.Length == prefix.Length) throw Diagnostics.InvalidReference.Error(text, "nothing follows the colon");
            return parse(text[prefix.Length..], folder);
        }
        return RegistryReference.Parse(text);
    }

    /// <summary>The repository that the image lies in; <c>null</c> for images that lie in none: an archive, an engine, <c>scratch</c>.</summary>
    public virtual ImageRepository? Location => null;

    /// <summary>Whether the name may be another image tomorrow, so that a lock file can say which one is meant: a tag without a digest.</summary>
    public virtual bool CanMove => false;

    /// <summary>The same image by its digest.</summary>
    /// <exception cref="NotSupportedException">It has a name that no digest can follow (<see cref="CanMove"/> is false).</exception>
    public virtual ImageReference At(Digest digest) => throw new NotSupportedException(GetType().Name);

    /// <summary>A name that means the same to whoever reads it elsewhere; <c>null</c> where there is none, since all there is is a path of this machine.</summary>
    /// <param name="written">The reference as somebody wrote it.</param>
    public virtual string? PublicName(string written) => null;

    /// <summary>The name by which an engine finds the image itself; <c>null</c> where it has to be handed over.</summary>
    public virtual string? EngineName => null;
}

/// <summary>The empty base.</summary>
public sealed record ScratchReference : ImageReference
{
    /// <inheritdoc/>
    public override string EngineName => "scratch";

    /// <inheritdoc/>
    public override string ToString() => "scratch";
}
