using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>A package that is asked for, directly or by a library. Two requests that differ only in writing are one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Range">The versions that will do.</param>
public sealed record LibraryRequest(PackageId Id, VersionRange Range)
{
    private const string AnyVersion = "(, )";

    /// <summary>By id, then by range.</summary>
    public static IComparer<LibraryRequest> Order { get; } = Comparer<LibraryRequest>.Create((a, b) =>
        string.CompareOrdinal(a.Id.Lower, b.Id.Lower) is not 0 and var byId ? byId : string.CompareOrdinal(a.Key, b.Key));

    /// <summary>The range in NuGet's normalised notation: <c>[1.2.0, 2.0.0)</c>.</summary>
    public string Asked => Range.ToNormalizedString();

    /// <summary>The range as somebody wrote it.</summary>
    internal string AsWritten => Range.OriginalString is { Length: > 0 } written ? written : Asked;

    // Ids and the labels of prereleases are the same in every case.
    private string Key => Asked.ToLowerInvariant();

    /// <summary>Reads a range, also the one of all versions, which NuGet writes and does not read.</summary>
    public static VersionRange? ReadRange(string text) =>
        text == AnyVersion ? VersionRange.All : VersionRange.TryParse(text, out var range) ? range : null;

    /// <inheritdoc/>
    public bool Equals(LibraryRequest? other) => other is not null && Id.Equals(other.Id) && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Key);

    /// <summary><c>Acme.Pricing [1.2.0, 2.0.0)</c>.</summary>
    public override string ToString() => $"{Id} {Asked}";
}
