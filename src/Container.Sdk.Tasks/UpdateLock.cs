using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>
/// Writes what a project asks for, and what that resolves to now, into <c>container.lock.json</c>. What other projects have put
/// there stays.
/// </summary>
public sealed class UpdateLock : LibraryTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    public ITaskItem[] References { get; set; } = [];
    public ITaskItem[] Versions { get; set; } = [];
    public bool CentralVersions { get; set; }
    public bool PinsTransitive { get; set; }
    public string BaseImage { get; set; } = "";
    public string RuntimeIdentifier { get; set; } = "";
    public string Engine { get; set; } = "";
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        // A file that cannot be read is not overwritten: said before anybody is asked.
        _ = ReadLock();
        var sources = ReadSources();
        var asked = LibraryReferences.Read(References, Versions, CentralVersions, PinsTransitive, sources);
        var feed = OpenFeed(sources, (_, _) => null, asksAnew: true);
        var resolution = await new LibraryResolver(sources, feed, _ => null).ResolveAsync(asked.Requests, cancellation).ConfigureAwait(false);
        var image = BaseImage.Length == 0 ? null : ImageReference.Parse(BaseImage, ProjectFolder);
        var platform = image is null ? null : Platform.FromRuntimeIdentifier(RuntimeIdentifier);
        var resolved = image is not null && LockedBase.IsLockable(image)
            ? await BuildSession.Of(BuildEngine).ResolveBaseAsync(image, platform!, Engine).WaitAsync(cancellation).ConfigureAwait(false)
            : null;

        // Projects of a solution write one after the other; each finds what the others wrote.
        using var exclusive = FileLock.Acquire(LockOfLock());
        var before = LockFile.ReadIfThere(LockFilePath) ?? LockFile.Empty;
        var after = resolution.Libraries.Aggregate(before, (file, l) => file.With(l.Request, new LockedLibrary(l.Library.Repository, l.Library.Version, l.Library.Digest)));
        if (resolved is not null) after = after.With(image!, platform!, resolved.Descriptor.Digest);
        var differences = before.Differences(after);
        if (differences.Count > 0) after.Write(LockFilePath);
        Log.LogMessage(MessageImportance.High, "{0}", $"{ProjectName} -> {LockFilePath}" + (differences.Count == 0 ? "\n    nothing changed" : string.Concat(differences.Select(d => $"\n    {d}"))));
    }

    // Not beside the file, where it would be committed with it.
    private string LockOfLock()
    {
        var folder = Path.Combine(CacheFolder, "locks");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Digest.Of(System.Text.Encoding.UTF8.GetBytes(LockFilePath)).Hex);
    }
}
