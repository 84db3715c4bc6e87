namespace Container.Sdk.Planning;

/// <summary>A file of the publish folder that goes into the image.</summary>
/// <param name="Source">Absolute path of the file to pack.</param>
/// <param name="RelativePath">Place below the app's folder, parts separated by <c>/</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="IsProgram">Whether it is to be executable.</param>
/// <param name="LinkTarget">Where a symbolic link leads; <c>null</c> for a file.</param>
public sealed record PublishedFile(
    string Source, string RelativePath, long Length, FileOrigin Origin, bool IsProgram = false, string? LinkTarget = null);
