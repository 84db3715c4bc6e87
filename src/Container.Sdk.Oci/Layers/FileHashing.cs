using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>Reads files that are to be packed.</summary>
public static class FileHashing
{
    /// <summary>Reads a file once to know its size and digest.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.FileMissing"/></exception>
    public static FileContent Read(string path)
    {
        using var file = OpenForReading(path);
        var length = RandomAccess.GetLength(file.SafeFileHandle);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            int n;
            while ((n = file.Read(buffer)) > 0) hash.AppendData(buffer.AsSpan(0, n));
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
        return new FileContent(path, length, Digest.FromHash(hash.GetHashAndReset()));
    }

    /// <summary>Opens a file that is to be packed.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.FileMissing"/></exception>
    public static FileStream OpenForReading(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.FileMissing.Error(e, path, e.Message);
        }
    }
}
