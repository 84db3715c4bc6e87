using System.Collections.Immutable;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// What <c>container.lock.json</c> says: the digest of every image per platform, and the version and digest that every range of
/// a library got. Places are absolute here; the file has them relative to itself (<see cref="LockFileJson"/>).
/// </summary>
public sealed class LockFile
{
    private LockFile(ImmutableDictionary<(ImageReference Image, string Platform), Digest> images, ImmutableDictionary<LibraryRequest, ResolvedVersion> libraries) =>
        (Images, Libraries) = (images, libraries);

    /// <summary>A file that locks nothing.</summary>
    public static LockFile Empty { get; } = new(
        ImmutableDictionary<(ImageReference Image, string Platform), Digest>.Empty, ImmutableDictionary<LibraryRequest, ResolvedVersion>.Empty);

    internal ImmutableDictionary<(ImageReference Image, string Platform), Digest> Images { get; }

    internal ImmutableDictionary<LibraryRequest, ResolvedVersion> Libraries { get; }

    /// <summary>Reads a file that must be there.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockDamaged"/></exception>
    public static LockFile Read(string path) => ReadIfThere(path) ?? throw Diagnostics.LockDamaged.Error(path, "it does not exist");

    /// <summary>Reads a file; <c>null</c> where there is none.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LockDamaged"/></exception>
    public static LockFile? ReadIfThere(string path)
    {
        try
        {
            return LockFileReader.Read(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Diagnostics.LockDamaged.Error(e, path, e.Message);
        }
    }

    /// <summary>Writes the file whole or not at all.</summary>
    public void Write(string path) => AtomicFile.Write(path, LockFileJson.Write(this, Path.GetDirectoryName(Path.GetFullPath(path))!));

    /// <summary>The same with the digest of an image for a platform.</summary>
    public LockFile With(ImageReference image, Platform platform, Digest digest) =>
        new(Images.SetItem((image, LockedPlatform.NameOf(platform)), digest), Libraries);

    /// <summary>The same with what a range of a library got.</summary>
    public LockFile With(LibraryRequest request, ResolvedVersion library) =>
        // An item that is set keeps its old key, and with it the old writing of the id.
        new(Images, Libraries.Remove(request).Add(request, library));

    /// <summary>The digest of an image for a platform; <c>null</c> where the file does not say.</summary>
    public Digest? DigestOf(ImageReference image, Platform platform) => Images.GetValueOrDefault((image, LockedPlatform.NameOf(platform)));

    /// <summary>What a range of a library is locked to; <c>null</c> where the file does not say.</summary>
    public ResolvedVersion? Find(LibraryRequest request) => Libraries.GetValueOrDefault(request);

    /// <summary>The digest of the image of a version; <c>null</c> where no range is locked to it.</summary>
    public Digest? DigestOf(PackageId id, NuGetVersion version) =>
        Libraries.FirstOrDefault(l => l.Key.Id.Equals(id) && l.Value.Version == version).Value?.Digest;

    /// <summary>What <paramref name="other"/> has more (<c>+</c>), less (<c>-</c>) and otherwise (<c>~</c>), a line each, for people.</summary>
    public IReadOnlyList<string> Differences(LockFile other) => LockFileDifferences.Between(this, other);
}

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
