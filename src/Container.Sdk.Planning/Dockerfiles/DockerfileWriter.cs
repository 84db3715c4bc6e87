using System.Text;

namespace Container.Sdk.Planning;

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
