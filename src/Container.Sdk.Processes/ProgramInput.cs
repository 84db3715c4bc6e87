using Container.Sdk.Oci;

namespace Container.Sdk.Processes;

/// <summary>
/// What a program reads. That the program reads no more is an exception of its own, so that it is not mistaken for an
/// error of whatever is being written.
/// </summary>
internal sealed class ProgramInput(Stream pipe) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            pipe.Write(buffer);
            pipe.Flush();
        }
        catch (IOException e)
        {
            throw new ClosedException(e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await pipe.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            await pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ClosedException(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing) pipe.Dispose();
        }
        catch (IOException)
        {
            // There is nobody left to read the rest.
        }
        base.Dispose(disposing);
    }

    internal sealed class ClosedException(Exception inner) : Exception("the program reads no more", inner);
}
