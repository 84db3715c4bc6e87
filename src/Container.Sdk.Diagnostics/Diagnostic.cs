using System.Globalization;

namespace Container.Sdk;

/// <summary>One row of the table of diagnostics: a code, and what it says.</summary>
/// <param name="Code"><c>CSDK</c> and four digits; the first digit is the area (see <see cref="Diagnostics"/>).</param>
/// <param name="Message">What happened, why, and what to do; a composite format string.</param>
/// <param name="Transient">Whether the same command may succeed later without any change.</param>
public sealed record Diagnostic(string Code, string Message, bool Transient = false)
{
    /// <summary>A row is its code; some are transient in one case and not in another.</summary>
    public bool Equals(Diagnostic? other) => Code == other?.Code;

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <summary>The page that explains the code.</summary>
    public string HelpLink => $"https://github.com/container-sdk/container-sdk/blob/main/docs/diagnostics/{Code}.md";

    /// <summary>The message with its arguments. Text that came from outside is made printable first; a list has a line each.</summary>
    public string Format(params object?[] args) => string.Format(CultureInfo.InvariantCulture, Message, Array.ConvertAll(args, a => a switch
    {
        string text => Inside(Printable(text)),
        IEnumerable<string> lines => string.Join('\n', lines.Select(l => "  " + Printable(l))),
        _ => a,
    }));

    /// <summary>The diagnostic as an exception to throw.</summary>
    public ContainerException Error(params object?[] args) => new(this, Format(args));

    /// <summary>The diagnostic as an exception to throw, with the exception that led to it.</summary>
    public ContainerException Error(Exception inner, params object?[] args) => new(this, Format(args), inner);

    /// <summary>
    /// Text from a registry, an archive or a file name, fit for a terminal and a log: control characters (which could
    /// move the cursor or start a command of a CI system on a line of its own) become spaces, and length is bounded.
    /// </summary>
    public static string Printable(string text)
    {
        var clipped = text.Length > 2048 ? string.Concat(text.AsSpan(0, 2048), "…") : text;
        return string.Create(clipped.Length, clipped, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++) span[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }

    // The messages of exceptions are sentences of their own; in the middle of another they need no full stop.
    private static string Inside(string text) => text.Length > 1 && text[^1] == '.' && text[^2] is not ('.' or '/' or '\\' or ' ') ? text[..^1] : text;
}

/// <summary>The one exception that the libraries throw for what a user can cause or cure.</summary>
public sealed class ContainerException : Exception
{
    /// <summary>An exception for <paramref name="diagnostic"/> with its finished text.</summary>
    public ContainerException(Diagnostic diagnostic, string message, Exception? inner = null) : base(message, inner) =>
        Diagnostic = diagnostic;

    /// <summary>The row of the table that this is.</summary>
    public Diagnostic Diagnostic { get; }
}
