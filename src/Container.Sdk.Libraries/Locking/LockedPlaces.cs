using System.Text.RegularExpressions;
using Container.Sdk.Oci;

namespace Container.Sdk.Libraries;

/// <summary>
/// Images and repositories as the lock file writes them: canonical, and folders relative to the file, with <c>/</c>, so that it
/// is the same in every checkout and on every system.
/// </summary>
/// <param name="folder">The folder of the lock file.</param>
internal sealed class LockedPlaces(string folder)
{
    public string Write(ImageReference image) => image switch
    {
        LayoutReference f => new LayoutReference(Relative(f.Folder, f.ToString()), f.Name, f.Digest).ToString(),
        ArchiveReference a => new ArchiveReference(Relative(a.File), a.Format).ToString(),
        _ => image.ToString()!,
    };

    public string Write(ImageRepository repository) => repository is LayoutRepository f
        ? new LayoutRepository(Relative(f.Folder, f.ToString()), f.Name).ToString()
        : repository.ToString()!;

    public ImageReference ReadImage(string text) => ImageReference.Parse(text, folder);

    public ImageRepository ReadRepository(string text) => ImageRepository.ParseName(text, folder);

    // A colon ends the folder in this notation, but for that of a drive.
    private string Relative(string path, string whole)
    {
        var relative = Relative(path);
        return relative.IndexOf(':', OperatingSystem.IsWindows() && Path.IsPathRooted(relative) ? 2 : 0) < 0
            ? relative
            : throw Diagnostics.InvalidReference.Error(whole, "the lock file cannot name a folder whose path has a ':'; rename it");
    }

    private string Relative(string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}

/// <summary>The one name of a platform in the lock file: <c>linux/arm64</c>, <c>linux/arm/v7</c>, <c>windows(10.0.20348)/amd64</c>.</summary>
internal static partial class LockedPlatform
{
    // arm64 without a variant and arm64/v8 are the same thing, as are amd64 and amd64/v1 (containerd, platforms/database.go).
    public static string NameOf(Platform platform) =>
        $"{platform.Os}{(platform.OsVersion is null ? "" : $"({platform.OsVersion})")}/{platform.Architecture}"
        + ((platform.Architecture, platform.Variant) is (_, null) or ("arm64", "v8") or ("amd64", "v1") ? "" : $"/{platform.Variant}");

    /// <summary>Reads a name; <c>null</c> where it is none.</summary>
    public static Platform? Read(string text)
    {
        var match = Pattern().Match(text);
        return match.Success ? new(Part("os")!, Part("architecture")!, Part("variant"), Part("version")) : null;

        string? Part(string name) => match.Groups[name] is { Success: true, Value: var value } ? value : null;
    }

    [GeneratedRegex(@"\A(?<os>[a-z0-9]+)(\((?<version>[A-Za-z0-9._-]+)\))?/(?<architecture>[a-z0-9_]+)(/(?<variant>[A-Za-z0-9._-]+))?\z")]
    private static partial Regex Pattern();
}
