using System.Collections.Immutable;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// Where the image of a library belongs. The project's own word comes first; else the source that covers its package, since what
/// is read from there is written there; else its package id.
/// </summary>
/// <param name="Name">The name of the repository.</param>
/// <param name="Place">The repository itself; <c>null</c> where no source says where it lies.</param>
public sealed record LibraryRepository(RepositoryName Name, ImageRepository? Place)
{
    /// <summary>Decides.</summary>
    /// <param name="sources">Where library images lie.</param>
    /// <param name="packageId">The package of the library; a project that is never packed may have a name there that NuGet would refuse.</param>
    /// <param name="prefix"><c>ContainerRepositoryPrefix</c>, or empty.</param>
    /// <param name="own"><c>ContainerRepository</c> as the project says it, or empty.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidRepository"/></exception>
    public static LibraryRepository Of(LibrarySources sources, string packageId, string prefix, string own)
    {
        if (own.Length > 0) return new LibraryRepository(RepositoryName.FromProjectName(prefix + own), null);
        return PackageId.TryParse(packageId, out var id) && sources.Find(id) is { } place
            ? new LibraryRepository(place.Name, place)
            : new LibraryRepository(RepositoryName.FromProjectName(prefix + packageId.ToLowerInvariant()), null);
    }

    /// <summary>Another repository beside this one, which has another image of the same library: its base.</summary>
    /// <param name="suffix">What its name has more.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidRepository"/></exception>
    public LibraryRepository Beside(string suffix)
    {
        var name = RepositoryName.Parse(Name.Value + suffix);
        return new LibraryRepository(name, Place?.Sibling(name));
    }

    /// <summary>The repository as a place to deliver to.</summary>
    /// <param name="registry"><c>ContainerRegistry</c>, for where no source decides: <c>host[:port]</c>, <c>oci:FOLDER</c>, or empty for the local engine.</param>
    /// <param name="tags">The tags, at least one.</param>
    /// <param name="folder">The folder that a relative one is relative to.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidReference"/></exception>
    public ImageTarget Target(string registry, ImmutableArray<Tag> tags, string folder) =>
        Place?.Target(tags) ?? ImageTarget.Parse(registry, archive: "", deliver: true, Name, tags, folder);
}

/// <summary>
/// Tags of library images. A tag is a version if, and only if, it is the normalised lower-case form of itself without build
/// metadata; so <c>latest</c>, <c>10</c>, <c>1.2</c>, <c>v1.2.3</c> and <c>sha256-…</c> are none.
/// </summary>
public static class LibraryTag
{
    private const string SourcePrefix = "src-";

    /// <summary>The tag of a version. Build metadata is not part of it.</summary>
    public static Tag Of(NuGetVersion version) => Tag.Parse(Normalize(version));

    /// <summary>The version that a tag is; <c>null</c> where it is none.</summary>
    public static NuGetVersion? ToVersion(Tag tag) =>
        NuGetVersion.TryParse(tag.Value, out var version) && !version.HasMetadata && Normalize(version) == tag.Value ? version : null;

    /// <summary>The tag of a library that was published from its project, for one app: by its layer's content.</summary>
    public static Tag OfSource(Digest diffId) => Tag.Parse(SourcePrefix + diffId.Hex[..16]);

    private static string Normalize(NuGetVersion version) => version.ToNormalizedString().ToLowerInvariant();
}
