namespace Container.Sdk.Oci;

/// <summary>Says which diagnostic an error of the file system is.</summary>
internal static class FileErrors
{
    /// <summary><see cref="Diagnostics.DiskFull"/> or <see cref="Diagnostics.NotWritable"/>.</summary>
    public static ContainerException WhileWriting(Exception e, string path) =>
        e is IOException io && IsDiskFull(io) ? Diagnostics.DiskFull.Error(e, path) : Diagnostics.NotWritable.Error(e, path, e.Message.TrimEnd('.'));

    // Windows: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL; elsewhere the error number itself: ENOSPC, and EDQUOT of Linux and macOS.
    private static bool IsDiskFull(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 39 or 112 : e.HResult is 28 or 122 or 69;
}
