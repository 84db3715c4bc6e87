using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Processes;

/// <summary>Passes on what a program says, and tells each line of it as soon as it is whole.</summary>
/// <param name="inner">Gets everything as it is.</param>
/// <param name="line">Told each line, where anybody listens.</param>
/// <param name="alone">Taken while a line is told: a program has two streams, and its listener one thread.</param>
internal sealed class LineStream(Stream inner, Action<string>? line, Lock alone) : WriteOnlyStream
{
    // A program that never ends a line must not fill the memory.
    private const int Longest = 64 << 10;

    private readonly MemoryStream _rest = new();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        Listen(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Listen(buffer.Span);
    }

    /// <summary>Tells the last line, which may have no end.</summary>
    public void End()
    {
        if (_rest.Length > 0) Tell();
    }

    private void Listen(ReadOnlySpan<byte> bytes)
    {
        if (line is null) return;
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            Keep(bytes[..end]);
            Tell();
            bytes = bytes[(end + 1)..];
        }
        Keep(bytes);
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _rest.Write(bytes[..Math.Min(bytes.Length, Longest - (int)_rest.Length)]);

    private void Tell()
    {
        var text = Encoding.UTF8.GetString(_rest.GetBuffer().AsSpan(0, (int)_rest.Length));
        _rest.SetLength(0);
        lock (alone) line!(TerminalText.Plain(text));
    }
}
