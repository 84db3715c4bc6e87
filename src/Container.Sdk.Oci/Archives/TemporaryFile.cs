using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>
/// A file without a name: whatever happens to this process, nothing is left of it, and nobody else can open it.
/// </summary>
internal static class TemporaryFile
{
    /// <summary>Creates it in <paramref name="folder"/>. It is gone when the handle is closed.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotWritable"/></exception>
    public static SafeFileHandle Create(string folder)
    {
        var path = Path.Combine(folder, $".container-sdk-{Guid.NewGuid():N}");
        // Windows deletes at the last close, even of a process that was killed; elsewhere the name can go at once.
        var options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        try
        {
            Directory.CreateDirectory(folder);
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, options);
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(path, e);
        }
    }
}
