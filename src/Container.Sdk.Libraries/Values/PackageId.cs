using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Container.Sdk.Libraries;

/// <summary>The id of a NuGet package. Two ids that differ in case only are one id.</summary>
public sealed partial class PackageId : IEquatable<PackageId>
{
    private PackageId(string value) => (Value, Lower) = (value, value.ToLowerInvariant());

    /// <summary>The id as it was written.</summary>
    public string Value { get; }

    /// <summary>The id in lower case, as it stands in folders and repositories.</summary>
    public string Lower { get; }

    /// <summary>Reads an id.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidPackageId"/></exception>
    public static PackageId Parse(string text) => TryParse(text, out var id) ? id : throw Diagnostics.InvalidPackageId.Error(text);

    /// <summary>Reads an id where <paramref name="text"/> is one: NuGet's rule, in ASCII, since it becomes part of a repository name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PackageId? id)
    {
        id = text is { Length: > 0 and <= 100 } && Pattern().IsMatch(text) ? new PackageId(text) : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public bool Equals(PackageId? other) => Lower == other?.Lower;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PackageId);

    /// <inheritdoc/>
    public override int GetHashCode() => Lower.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*\z")]
    private static partial Regex Pattern();
}
