using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Container.Sdk.Planning;

/// <summary>
/// Values as a Dockerfile writes them: what is read back is exactly the value, or it is refused with a code; nothing in it
/// is ever another instruction. The escape character is the backslash: no file of ours says otherwise in its first lines.
/// </summary>
public static class DockerfileText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A word in double quotes, in which nothing is expanded: <c>ENV</c>, <c>LABEL</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/> where it has a line break or another control character.</exception>
    public static string Quoted(string value, string what) =>
        new StringBuilder("\"").Append(Escape(Checked(value, what)).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"').ToString();

    /// <summary>A word or a path that ends with its line and may have spaces inside: <c>WORKDIR</c>, <c>USER</c>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/>, also for spaces around it and for quotes.</exception>
    public static string Line(string value, string what) =>
        value.Trim() == value && !value.Contains('"') && !value.Contains('\'') ? Escape(Checked(value, what)) : throw Diagnostics.NotInDockerfile.Error(what, value);

    /// <summary>A list that is no shell's and in which nothing is expanded: <c>ENTRYPOINT</c>, <c>CMD</c>.</summary>
    public static string Exec(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(v => JsonSerializer.Serialize(v, Plain)))}]";

    /// <summary>A list of paths, in which variables are expanded and quotes are read: <c>COPY</c>, <c>VOLUME</c>.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.NotInDockerfile"/>, also for quotes.</exception>
    public static string Paths(IEnumerable<string> values, string what) =>
        Exec(values.Select(v => v.Contains('"') || v.Contains('\'') ? throw Diagnostics.NotInDockerfile.Error(what, v) : Escape(Checked(v, what))));

    /// <summary>Text for a comment: one line, whatever it is.</summary>
    public static string Comment(string text) => Diagnostic.Printable(text);

    private static string Checked(string value, string what) => value.Any(char.IsControl) ? throw Diagnostics.NotInDockerfile.Error(what, value) : value;

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal);
}

/// <summary>Writes the text of a Dockerfile: stages with a comment each, and instructions that others have made safe (<see cref="DockerfileText"/>).</summary>
public sealed class DockerfileWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>A comment of one or more lines.</summary>
    public DockerfileWriter Comment(params string[] lines)
    {
        // A first line such as "# escape=`" or "# syntax=…" would be a command to the parser.
        foreach (var line in lines) _text.Append(line.Length == 0 ? "#" : $"# {DockerfileText.Comment(line)}").Append('\n');
        return this;
    }

    /// <summary>An instruction and its arguments; further lines continue it.</summary>
    public DockerfileWriter Instruction(string first, params string[] more)
    {
        _text.Append(first);
        foreach (var line in more) _text.Append(" \\\n    ").Append(line);
        _text.Append('\n');
        return this;
    }

    /// <summary>An empty line.</summary>
    public DockerfileWriter Blank()
    {
        _text.Append('\n');
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
