using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Microsoft.Build.Framework;
using NuGet.Versioning;

namespace Container.Sdk.Tasks;

/// <summary>What the tasks around library images share: where these lie, the store, and the lock file.</summary>
public abstract class LibraryTask : ContainerTask
{
#pragma warning disable CS1591, CA1819 // The names are those of the properties; MSBuild gives items as arrays.
    [Required] public string ProjectFolder { get; set; } = "";
    public ITaskItem[] LibrarySources { get; set; } = [];
    [Required] public string CacheFolder { get; set; } = "";
    public string LockFilePath { get; set; } = "";
    public string LockedMode { get; set; } = "";
    public string TrustedTokenHosts { get; set; } = "";

    /// <summary><c>ContainerRegistry</c>: the environment's credentials are for it, also when libraries are read from there.</summary>
    public string Registry { get; set; } = "";
#pragma warning restore CS1591, CA1819

    private protected bool IsLocked => SettingsReader.Choice("ContainerLockedMode", LockedMode, ("true", true), ("false", false)) ?? false;

    private protected LibrarySources ReadSources() => LibrarySourceReader.Read(LibrarySources, ProjectFolder);

    private protected LibraryStore OpenStore() => new(Path.GetFullPath(CacheFolder, ProjectFolder));

    private protected LockFile? ReadLock() => LockFilePath.Length == 0 ? null : LockFile.ReadIfThere(Path.GetFullPath(LockFilePath, ProjectFolder));

    /// <summary>
    /// The feed that all projects of this build share: each version is fetched once, and each repository listed once. Projects
    /// with other credentials have answers of their own.
    /// </summary>
    private protected ILibraryFeed OpenFeed(LibrarySources sources, Func<PackageId, NuGetVersion, Digest?> locked, bool asksAnew = false)
    {
        var session = BuildSession.Of(BuildEngine);
        session.Reporter.SpeakTo(this);
        session.Configure(OutputHost(), TrustedTokenHosts.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var who = $"{OutputHost()} {TrustedTokenHosts} {asksAnew}";
        return new SharedFeed(session, sources, new LibraryFeed(sources, session.Catalog, OpenStore(), locked, this, asksAnew), locked, who);
    }

    private RegistryHost? OutputHost() =>
        Registry.Length == 0 || Registry.StartsWith("oci:", StringComparison.Ordinal) ? null : RegistryHost.Parse(Registry.Trim());

    private sealed class SharedFeed(BuildSession session, LibrarySources sources, LibraryFeed feed, Func<PackageId, NuGetVersion, Digest?> locked, string who) : ILibraryFeed
    {
        public System.Threading.Tasks.Task<IReadOnlyList<NuGetVersion>> ListAsync(PackageId id, CancellationToken cancellation) =>
            session.OnceAsync($"versions of {sources.Find(id)} for {who}", c => session.BoundedAsync(() => feed.ListAsync(id, c), c)).WaitAsync(cancellation);

        public System.Threading.Tasks.Task<FetchedLibrary?> FetchAsync(PackageId id, NuGetVersion version, CancellationToken cancellation) =>
            session.OnceAsync($"library {id.Lower} {version} of {sources.Find(id)} {locked(id, version)} for {who}", c => session.BoundedAsync(() => feed.FetchAsync(id, version, c), c)).WaitAsync(cancellation);
    }
}
