using System.Text;
using System.Text.RegularExpressions;
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

/// <summary>What a program wrote for a terminal, as text for a log.</summary>
public static partial class TerminalText
{
    /// <summary>The line without colours, and without whatever else would move a cursor or start a command of a CI system.</summary>
    public static string Plain(string line)
    {
        // A progress bar writes its line again and again; the last state is the one that counts.
        var last = line.TrimEnd('\r');
        last = last[(last.LastIndexOf('\r') + 1)..];
        var text = new StringBuilder(Sequence().Replace(last, ""));
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i])) text[i] = ' ';
        return text.ToString().TrimEnd();
    }

    [GeneratedRegex(@"\u001b(\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(\u0007|\u001b\\)?|[@-Z\\-_])")]
    private static partial Regex Sequence();
}

/// <summary>Takes secrets out of what programs say.</summary>
public sealed class SecretMask
{
    // What is shorter would tear words apart, and is no secret.
    private const int Shortest = 4;

    private readonly string[] _values;

    /// <summary>A mask for some secrets.</summary>
    /// <param name="values">The secrets; those of fewer than four characters are left as they are.</param>
    public SecretMask(IEnumerable<string> values) =>
        _values = [.. values.Where(v => v.Length >= Shortest).Distinct().OrderByDescending(v => v.Length)];

    /// <summary>The text with <c>***</c> for each secret.</summary>
    public string Hide(string text) => _values.Aggregate(text, (hidden, value) => hidden.Replace(value, "***", StringComparison.Ordinal));
}
