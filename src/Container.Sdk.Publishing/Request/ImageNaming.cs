using System.Collections.Immutable;
using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Planning;
using NuGet.Versioning;

namespace Container.Sdk.Publishing;

/// <summary>What a project says of the name of its image.</summary>
/// <param name="Kind">What the image is.</param>
/// <param name="AssemblyName">The name of the project's assembly: what an application's image is called where nothing else is said.</param>
public sealed record ImageNaming(ImageKind Kind, string AssemblyName)
{
    /// <summary><c>ContainerRegistry</c>.</summary>
    public string Registry { get; init; } = "";

    /// <summary><c>ContainerRepositoryPrefix</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary><c>ContainerRepository</c> as the project says it, or empty.</summary>
    public string Repository { get; init; } = "";

    /// <summary><c>ContainerImageTag</c> and <c>ContainerImageTags</c>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public string Archive { get; init; } = "";

    /// <summary><c>ContainerDeliver</c>.</summary>
    public bool IsDelivered { get; init; } = true;

    /// <summary>The id of the project's package.</summary>
    public string PackageId { get; init; } = "";

    /// <summary>The version of the project's package.</summary>
    public string PackageVersion { get; init; } = "";

    /// <summary>The folder that relative ones are relative to.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Where library images lie.</summary>
    public LibrarySources Libraries { get; init; } = new([]);

    /// <summary>Where the image goes.</summary>
    /// <exception cref="ContainerException">The code of whatever is malformed; <see cref="Diagnostics.LibraryNeedsRegistry"/> for a library without a place.</exception>
    public ImageTarget ToTarget()
    {
        var repository = ToRepository(out var place);
        if (!IsDelivered || Archive.Length > 0 || place is null)
        {
            if (Kind == ImageKind.Library && IsDelivered && Archive.Length == 0 && Registry.Length == 0)
                throw Diagnostics.LibraryNeedsRegistry.Error(AssemblyName, "an engine shows its images to nobody else");
            return ImageTarget.Parse(Registry, Archive, IsDelivered, repository, ToTags(), Folder);
        }
        return place.Sibling(repository).Target(ToTags());
    }

    /// <summary>The image, as an app names it that starts from it: by its first tag.</summary>
    /// <exception cref="ContainerException">As <see cref="ToTarget"/>.</exception>
    public ImageReference ToReference()
    {
        var target = (this with { IsDelivered = true, Archive = "" }).ToTarget();
        return target.Location?.Image(target.Tags[0]) ?? new DaemonReference(target.Display);
    }

    /// <summary>
    /// The repository of a library. The project's own word comes first; else the source that covers its package, since what is read
    /// from there is written there; else its package id.
    /// </summary>
    /// <param name="sources">Where library images lie.</param>
    /// <param name="packageId">The package of the library.</param>
    /// <param name="prefix"><c>ContainerRepositoryPrefix</c>.</param>
    /// <param name="own"><c>ContainerRepository</c> as the library says it, or empty.</param>
    /// <returns>The repository's name, and where it lies; <c>null</c> where no source decides.</returns>
    internal static (RepositoryName Name, ImageRepository? Place) OfLibrary(LibrarySources sources, string packageId, string prefix, string own) =>
        own.Length > 0 ? (RepositoryName.FromProjectName(prefix + own), null)
        : Container.Sdk.Libraries.PackageId.TryParse(packageId, out var id) && sources.Find(id) is { } place ? (place.Name, place)
        : (RepositoryName.FromProjectName(prefix + packageId.ToLowerInvariant()), null);

    private RepositoryName ToRepository(out ImageRepository? place)
    {
        place = null;
        if (Kind == ImageKind.Application) return RepositoryName.FromProjectName(Prefix + (Repository.Length > 0 ? Repository : AssemblyName));
        (var name, place) = OfLibrary(Libraries, PackageId, Prefix, Repository);
        return Kind == ImageKind.Base ? RepositoryName.Parse(name.Value + BaseImageStrategy.Suffix) : name;
    }

    // A version is the tag of a library, whatever else is said, and that of a base where nothing is.
    private ImmutableArray<Tag> ToTags() =>
        Kind == ImageKind.Library || (Kind == ImageKind.Base && Tags.IsEmpty) ? [LibraryTag.Of(ToVersion())]
        : Tags.IsEmpty ? [Tag.Latest]
        : [.. Tags.Select(Tag.Parse).Distinct()];

    private NuGetVersion ToVersion() =>
        NuGetVersion.TryParse(PackageVersion, out var version) ? version : throw Diagnostics.InvalidVersion.Error(PackageVersion, PackageId);
}
