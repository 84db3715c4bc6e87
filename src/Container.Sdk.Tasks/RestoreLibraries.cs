using Container.Sdk.Libraries;
using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>
/// Before restore reads a project's references: fetches the library images that they need, and makes each reference say the
/// version that was found. In a build without restore it only repeats what the last restore found, and asks nobody.
/// </summary>
public sealed class RestoreLibraries : LibraryTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    public ITaskItem[] References { get; set; } = [];
    public ITaskItem[] Versions { get; set; } = [];
    public bool CentralVersions { get; set; }
    public bool PinsTransitive { get; set; }
    public bool Restoring { get; set; }

    /// <summary>Whether an IDE asks: then nothing is an error.</summary>
    public bool DesignTime { get; set; }
    public bool Force { get; set; }

    /// <summary>Whether NuGet's own lock file is to be written anew.</summary>
    public bool ForceEvaluate { get; set; }
    [Required] public string RecordFile { get; set; } = "";
    public string PackagesLockFile { get; set; } = "";

    /// <summary>The references whose version was found; they take the place of those with the same names.</summary>
    [Output] public ITaskItem[] FoundReferences { get; set; } = [];

    /// <summary>The same of central versions.</summary>
    [Output] public ITaskItem[] FoundVersions { get; set; } = [];
#pragma warning restore CS1591, CA1819

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var sources = ReadSources();
        var asked = LibraryReferences.Read(References, Versions, CentralVersions, PinsTransitive, sources);
        if (asked.IsEmpty) return;
        var record = RestoreRecord.Read(RecordFile);
        if (Restoring)
        {
            var locks = new LibraryLocks(ReadLock(), ForceEvaluate ? "" : PackagesLockFile, IsLocked, LockFilePath);
            if (Force || record?.Answers(asked.Requests, sources) != true || !locks.Agree(record) || !IsStored(record))
            {
                record = await ResolveAsync(asked, sources, locks, cancellation).ConfigureAwait(false);
                record.Write(RecordFile);
            }
        }
        // A build without restore ships what an earlier restore found; locked, that must be what the file says.
        else if (IsLocked && !DesignTime && (record is null || !new LibraryLocks(ReadLock(), PackagesLockFile, IsLocked, LockFilePath).Agree(record)))
        {
            throw Diagnostics.LockOutOfDate.Error(LockFilePath, asked.Requests.Select(r => $"? {r}: restore has found another version, or none").ToList());
        }
        if (record is null) return;
        var found = record.Libraries.Where(l => l.Direct).ToDictionary(
            l => new LibraryRequest(PackageId.Parse(l.Id), LibraryRequest.ReadRange(l.Asked)!), l => NuGetVersion.Parse(l.Version));
        (FoundReferences, FoundVersions) = asked.With(found);
    }

    private async Task<RestoreRecord> ResolveAsync(LibraryReferences asked, LibrarySources sources, LibraryLocks locks, CancellationToken cancellation)
    {
        var feed = OpenFeed(sources, locks.DigestOf);
        var resolution = await new LibraryResolver(sources, feed, locks.VersionOf).ResolveAsync(asked.Requests, cancellation).ConfigureAwait(false);
        locks.RequireAll(resolution);
        var store = OpenStore();
        return new RestoreRecord([.. resolution.Libraries.Select(l => new RestoredLibrary(
            l.Request.Id.Value, l.Request.Asked, l.Library.Version.ToNormalizedString(), l.Library.Repository.ToString(), l.Library.Digest.ToString(),
            store.Packages.HashOf(l.Library.Id, l.Library.Version) ?? "", asked.Requests.Contains(l.Request)))])
        {
            Others = [.. resolution.Others.Select(o => o.Value)],
        };
    }

    // The package is enough for NuGet, and what is known of the image for its layer; a cache may lose either.
    private bool IsStored(RestoreRecord record)
    {
        var store = OpenStore();
        return record.Libraries.All(l => store.Find(PackageId.Parse(l.Id), NuGetVersion.Parse(l.Version)) is { } stored && stored.PackageHash == l.Hash && stored.Digest.ToString() == l.Digest);
    }
}
