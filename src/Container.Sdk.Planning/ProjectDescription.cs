using System.Collections.Immutable;
using Container.Sdk.Oci;

namespace Container.Sdk.Planning;

/// <summary>What a project's image is: <c>ContainerImageKind</c>.</summary>
public enum ImageKind
{
    /// <summary>A program that starts.</summary>
    Application,

    /// <summary>A library's package, and its files as an application has them.</summary>
    Library,

    /// <summary>A base image that has a library.</summary>
    Base,
}

/// <summary>All that a strategy makes a plan of: what the project says, and what it publishes.</summary>
public sealed record ProjectDescription
{
    /// <summary>Name of the project.</summary>
    public required string Name { get; init; }

    /// <summary>What the image is.</summary>
    public ImageKind Kind { get; init; }

    /// <summary>The base image.</summary>
    public required ImageReference Base { get; init; }

    /// <summary>The platform.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The format; <c>null</c>: the base's.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>The time of the image, RFC 3339.</summary>
    public required string Created { get; init; }

    /// <summary>What the image's configuration is to be.</summary>
    public required ContainerSettings Settings { get; init; }

    /// <summary>The user's own steps.</summary>
    public ImmutableArray<ImageStep> Steps { get; init; } = [];

    /// <summary>The layers of the user's own files (<c>ContainerFile</c>), at the bottom of all.</summary>
    public ImmutableArray<PlannedLayer> OwnLayers { get; init; } = [];

    /// <summary>The most layers of what is published, at least one.</summary>
    public int MaxLayers { get; init; } = 32;

    /// <summary>Whether a library's layer that is not the library image's own is an error.</summary>
    public bool RequiresSharedLayers { get; init; }

    /// <summary>What is published here; nothing where a container compiles.</summary>
    public IReadOnlyList<PublishedFile> Files { get; init; } = [];

    /// <summary>What a container compiles; <c>null</c> where this machine does.</summary>
    public SourcePlan? Sources { get; init; }

    /// <summary>The layers of library images, by the package that they are of.</summary>
    public IReadOnlyDictionary<FileOrigin, LibraryLayer> Libraries { get; init; } = ImmutableDictionary<FileOrigin, LibraryLayer>.Empty;

    /// <summary>The repositories for the thin images of referenced projects, by the project's name.</summary>
    public IReadOnlyDictionary<string, RepositoryName> ThinImages { get; init; } = ImmutableDictionary<string, RepositoryName>.Empty;

    /// <summary>What the base brings already.</summary>
    public BaseRecord Brought { get; init; } = BaseRecord.Empty;

    /// <summary>Of a base: the library project that it has; <c>null</c>: all that an application refers to.</summary>
    public BaseLibrary? BaseOf { get; init; }

    /// <summary>The application's framework: <c>10.0</c>.</summary>
    public string FrameworkVersion { get; init; } = "";

    /// <summary>The digest of a file's content.</summary>
    public Func<PlannedFile, Digest> DigestOf { get; init; } = file => throw new NotSupportedException(file.Source);
}

/// <summary>The library that a base image has.</summary>
/// <param name="Project">Its project.</param>
/// <param name="PackageId">Its package id.</param>
/// <param name="PackageVersion">Its version.</param>
public sealed record BaseLibrary(string Project, string PackageId, string PackageVersion);
