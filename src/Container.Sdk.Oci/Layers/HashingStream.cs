using System.Security.Cryptography;

namespace Container.Sdk.Oci;

/// <summary>Passes on what is written to it, and knows its digest and its size.</summary>
public sealed class HashingStream : WriteOnlyStream
{
    private readonly Stream _output;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Passes on to <paramref name="output"/>, which stays open.</summary>
    public HashingStream(Stream output) => _output = output;

    /// <summary>Bytes written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Digest of what was written. To be asked once, at the end.</summary>
    public Digest Digest() => Oci.Digest.FromHash(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _output.Write(buffer);
        _hash.AppendData(buffer);
        Count += buffer.Length;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        _hash.AppendData(buffer.Span);
        Count += buffer.Length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}

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
