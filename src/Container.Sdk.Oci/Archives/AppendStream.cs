using Microsoft.Win32.SafeHandles;

namespace Container.Sdk.Oci;

/// <summary>Writes to a file from its start, and leaves it open.</summary>
internal sealed class AppendStream(SafeFileHandle file, string name) : WriteOnlyStream
{
    private long _position;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            RandomAccess.Write(file, buffer, _position);
        }
        catch (IOException e)
        {
            throw AtomicFile.Failure(name, e);
        }
        _position += buffer.Length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await RandomAccess.WriteAsync(file, buffer, _position, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw AtomicFile.Failure(name, e);
        }
        _position += buffer.Length;
    }
}
