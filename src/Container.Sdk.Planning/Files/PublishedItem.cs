namespace Container.Sdk.Planning;

/// <summary>
/// One item of <c>ResolvedFileToPublish</c> (or of what publishing adds to it), with the metadata that tells where it came from.
/// </summary>
/// <param name="RelativePath">Place in the publish folder, parts separated by <c>/</c>.</param>
/// <param name="Source">Absolute path of the file that was copied there.</param>
public sealed record PublishedItem(string RelativePath, string Source)
{
#pragma warning disable CS1591 // The names are those of the metadata.
    public string NuGetPackageId { get; init; } = "";
    public string NuGetPackageVersion { get; init; } = "";
    public string PathInPackage { get; init; } = "";
    public string ReferenceSourceTarget { get; init; } = "";
    public string MSBuildSourceProjectFile { get; init; } = "";
    public bool IsStaticWebAsset { get; init; }
#pragma warning restore CS1591

    /// <summary>What the project that it is of says of itself, where that imports Container.Sdk too; else <c>null</c>.</summary>
    public ReferencedSdk? Imports { get; init; }
}

/// <summary>Where the thin image of a referenced project goes.</summary>
/// <param name="PackageId">The package that the project would be.</param>
/// <param name="RepositoryPrefix">Its <c>ContainerRepositoryPrefix</c>.</param>
/// <param name="Repository">Its <c>ContainerRepository</c>, or empty.</param>
public sealed record ReferencedSdk(string PackageId, string RepositoryPrefix, string Repository);

/// <summary>A file of the publish folder that goes into the image.</summary>
/// <param name="Source">Absolute path of the file to pack.</param>
/// <param name="RelativePath">Place below the app's folder, parts separated by <c>/</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="IsProgram">Whether it is to be executable.</param>
/// <param name="LinkTarget">Where a symbolic link leads; <c>null</c> for a file.</param>
public sealed record PublishedFile(
    string Source, string RelativePath, long Length, FileOrigin Origin, bool IsProgram = false, string? LinkTarget = null);
