using System.Diagnostics.CodeAnalysis;

namespace Container.Sdk.Oci;

/// <summary>A tag, as the OCI distribution specification has it: <c>[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}</c>.</summary>
public sealed record Tag
{
    private Tag(string value) => Value = value;

    /// <summary>The tag.</summary>
    public string Value { get; }

    /// <summary>The tag that stands where none is written.</summary>
    public static Tag Latest { get; } = new("latest");

    /// <summary>Reads a tag.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidTag"/></exception>
    public static Tag Parse(string text) => TryParse(text, out var tag) ? tag : throw Diagnostics.InvalidTag.Error(text);

    /// <summary>Reads a tag where <paramref name="text"/> is one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Tag? tag)
    {
        const string First = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
        var valid = text.Length is >= 1 and <= 128 && First.Contains(text[0], StringComparison.Ordinal)
            && !text.AsSpan().ContainsAnyExcept(First + ".-");
        tag = valid ? new Tag(text) : null;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
