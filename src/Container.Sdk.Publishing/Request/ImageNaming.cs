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
        if (!IsDelivered || Archive.Length > 0 || Kind == ImageKind.Application) return ImageTarget.Parse(Registry, Archive, IsDelivered, ToName(), ToTags(), Folder);
        var library = ToLibrary();
        if (Kind == ImageKind.Library && library.Place is null && Registry.Length == 0)
            throw Diagnostics.LibraryNeedsRegistry.Error(AssemblyName, "an engine shows its images to nobody else");
        return library.Target(Registry, ToTags(), Folder);
    }

    /// <summary>The image, as an app names it that starts from it: by its first tag.</summary>
    /// <exception cref="ContainerException">As <see cref="ToTarget"/>.</exception>
    public ImageReference ToReference()
    {
        var target = (this with { IsDelivered = true, Archive = "" }).ToTarget();
        return target.Location?.Image(target.Tags[0]) ?? new DaemonReference(target.Display);
    }

    private RepositoryName ToName() => Kind == ImageKind.Application ? RepositoryName.FromProjectName(Prefix + (Repository.Length > 0 ? Repository : AssemblyName)) : ToLibrary().Name;

    private LibraryRepository ToLibrary()
    {
        var library = LibraryRepository.Of(Libraries, PackageId, Prefix, Repository);
        return Kind == ImageKind.Base ? library.Beside(BaseImageStrategy.Suffix) : library;
    }

    // A version is the tag of a library, whatever else is said, and that of a base where nothing is.
    private ImmutableArray<Tag> ToTags() =>
        Kind == ImageKind.Library || (Kind == ImageKind.Base && Tags.IsEmpty) ? [LibraryTag.Of(ToVersion())]
        : Tags.IsEmpty ? [Tag.Latest]
        : [.. Tags.Select(Tag.Parse).Distinct()];

    private NuGetVersion ToVersion() =>
        NuGetVersion.TryParse(PackageVersion, out var version) ? version : throw Diagnostics.InvalidVersion.Error(PackageVersion, PackageId);
}
