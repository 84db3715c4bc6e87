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
