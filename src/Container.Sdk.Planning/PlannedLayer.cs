using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>A layer that is to be made.</summary>
/// <param name="Name">What a person reads in the table and in the history; nothing is decided by it.</param>
/// <param name="Kind">The kind of what is in it; of several, the topmost.</param>
/// <param name="Components">The components in it.</param>
/// <param name="Files">The files.</param>
public sealed record PlannedLayer(string Name, OriginKind Kind, ImmutableArray<FileOrigin> Components, ImmutableArray<PlannedFile> Files)
{
    /// <summary>The library image that has this layer; <c>null</c> where none has.</summary>
    public LibraryLayer? Library { get; init; }

    /// <summary>Why a layer that should be a library image's has none; <c>null</c> where it has, and for all other layers.</summary>
    public string? NotShared { get; init; }

    /// <summary>The repository in which the layer is published as a thin image of its own, before the image; <c>null</c>: it is not.</summary>
    public RepositoryName? ThinImage { get; init; }

    /// <summary>What the history says: the name, the number of files and, where there are several, the components.</summary>
    public string CreatedBy
    {
        get
        {
            var files = Files.Length == 1 ? "1 file" : $"{Files.Length} files";
            return Components.Length < 2 ? $"Container.Sdk: {Name}, {files}" : $"Container.Sdk: {Name}, {files}: {string.Join(", ", Components)}";
        }
    }
}

/// <summary>A layer of a library image. It is used as it is where the files that were published are its own.</summary>
/// <param name="Image">The library image, by version and digest.</param>
/// <param name="Layer">The layer.</param>
/// <param name="DiffId">Digest of its uncompressed bytes.</param>
/// <param name="IfDifferent">Why the published files may be others: what a person reads where they are.</param>
public sealed record LibraryLayer(ImageReference Image, Descriptor Layer, Digest DiffId, string IfDifferent);

/// <summary>A file that is to be packed.</summary>
/// <param name="Source">Absolute path on this machine.</param>
/// <param name="Path">Path in the image, without a leading <c>/</c>.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="LinkTarget">Where a symbolic link leads; <c>null</c> for a file.</param>
public sealed record PlannedFile(string Source, string Path, UnixFileMode Mode, string? LinkTarget = null)
{
    /// <summary>Owner, a number.</summary>
    public int UserId { get; init; }

    /// <summary>Group, a number.</summary>
    public int GroupId { get; init; }
}

/// <summary>
/// Where the keys of an image's layers are written, so that a machine that starts empty can take unchanged layers over
/// from the image that a tag has now.
/// </summary>
public static class LayerKeys
{
    /// <summary>Annotation of a layer's descriptor, in the OCI format.</summary>
    public const string Annotation = "container-sdk.layer.key";

    /// <summary>Label, in Docker's format, whose descriptors have no annotations: the keys of the topmost layers, from the bottom, separated by commas.</summary>
    public const string Label = "container-sdk.layer.keys";
}
