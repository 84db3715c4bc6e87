namespace Container.Sdk.Libraries;

/// <summary>How one lock file differs from another, in lines for people.</summary>
internal static class LockFileDifferences
{
    public static IReadOnlyList<string> Between(LockFile from, LockFile to) =>
    [
        .. Compare(from.Images, to.Images, i => $"{i.Image} ({i.Platform})", d => d.ToString(), (a, b) => $"{a} -> {b}"),
        .. Compare(from.Libraries, to.Libraries, l => l.ToString(), Describe, Change),
    ];

    private static IEnumerable<string> Compare<TKey, TValue>(
        IReadOnlyDictionary<TKey, TValue> from, IReadOnlyDictionary<TKey, TValue> to,
        Func<TKey, string> name, Func<TValue, string> describe, Func<TValue, TValue, string> change)
        where TKey : notnull where TValue : IEquatable<TValue> =>
        from.Keys.Union(to.Keys).OrderBy(name, StringComparer.Ordinal).Select(key => (from.TryGetValue(key, out var a), to.TryGetValue(key, out var b)) switch
        {
            (false, _) => $"+ {name(key)}: {describe(b!)}",
            (_, false) => $"- {name(key)}: {describe(a!)}",
            _ => a!.Equals(b) ? "" : $"~ {name(key)}: {change(a, b!)}",
        }).Where(line => line.Length > 0);

    private static string Describe(ResolvedVersion library) => $"{library.Version.ToNormalizedString()} ({library.Repository}@{library.Digest})";

    // What moved is said, and nothing else: a new version has a new digest anyway.
    private static string Change(ResolvedVersion from, ResolvedVersion to)
    {
        var place = from.Repository == to.Repository ? "" : $", {from.Repository} -> {to.Repository}";
        return from.Version != to.Version ? $"{from.Version.ToNormalizedString()} -> {to.Version.ToNormalizedString()}{place}"
            : from.Digest != to.Digest ? $"{to.Version.ToNormalizedString()}, {from.Digest} -> {to.Digest}{place}"
            : $"{to.Version.ToNormalizedString()}{place}";
    }
}
