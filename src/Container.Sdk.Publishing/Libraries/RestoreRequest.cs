using Container.Sdk.Libraries;
using Container.Sdk.Oci;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary>What a project says about the library images that it refers to, before anything of it is restored.</summary>
public sealed record RestoreRequest
{
    /// <summary>Name of the project.</summary>
    public required string Project { get; init; }

    /// <summary>Absolute path of its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Where library images lie.</summary>
    public required LibrarySources Libraries { get; init; }

    /// <summary>As whom registries are asked.</summary>
    public required Access Access { get; init; }

    /// <summary>The lock file.</summary>
    public required LockSettings Lock { get; init; }

    /// <summary>Absolute path of the cache's folder.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Absolute path of the file that remembers what the last restore found.</summary>
    public string RecordFile { get; init; } = "";

    /// <summary>Absolute path of NuGet's own lock file, where there is one.</summary>
    public string PackagesLockFile { get; init; } = "";

    /// <summary>Absolute path of <c>project.assets.json</c>.</summary>
    public string AssetsFile { get; init; } = "";

    /// <summary>Whether NuGet restores now; else nothing is asked and nothing is written.</summary>
    public bool IsRestoring { get; init; }

    /// <summary>Whether an IDE asks: then nothing is an error.</summary>
    public bool IsDesignTime { get; init; }

    /// <summary>Whether everything is to be looked for again: <c>dotnet restore --force</c>, <c>--force-evaluate</c>.</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether NuGet's own lock file is to be written anew: <c>--force-evaluate</c>.</summary>
    public bool IsEvaluatedAnew { get; init; }

    /// <summary>Whether Container.Sdk is imported as an SDK, so that restore could be prepared.</summary>
    public bool IsSdk { get; init; }

    /// <summary>Whether versions stand with <c>PackageVersion</c> items.</summary>
    public bool HasCentralVersions { get; init; }

    /// <summary>Whether central versions hold for packages that only others refer to.</summary>
    public bool PinsTransitive { get; init; }

    /// <summary>The store of library images of this machine.</summary>
    public LibraryStore OpenStore() => new(CacheFolder);

    /// <summary>The libraries that the project asks for.</summary>
    /// <param name="references"><c>PackageReference</c>.</param>
    /// <param name="versions"><c>PackageVersion</c>.</param>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidVersion"/></exception>
    internal LibraryReferences Asked(IEnumerable<IProjectItem> references, IEnumerable<IProjectItem> versions) =>
        LibraryReferences.Read([.. references.Select(Reference)], [.. versions.Select(Reference)], HasCentralVersions, PinsTransitive, Libraries);

    private static PackageReferenceItem Reference(IProjectItem item) => new(item.Include, item["Version"], item["VersionOverride"]);

    /// <summary>Reads a request.</summary>
    /// <param name="properties">The properties, as metadata by their names.</param>
    /// <param name="librarySources"><c>ContainerLibrarySource</c>.</param>
    /// <exception cref="RequestException">Something is malformed.</exception>
    public static RestoreRequest Read(IProjectItem properties, IEnumerable<IProjectItem> librarySources)
    {
        var reader = new RequestReader(properties, librarySources, _ => null);
        return new RestoreRequest
        {
            Project = properties["ProjectName"],
            Folder = properties["ProjectFolder"],
            Libraries = reader.ReadLibraries(),
            Access = reader.ReadAccess() with { OutputRegistry = OutputRegistry(properties["ContainerRegistry"].Trim()) },
            Lock = reader.ReadLock(),
            CacheFolder = Absolute("CacheFolder"),
            RecordFile = Absolute("RecordFile"),
            PackagesLockFile = Absolute("PackagesLockFile"),
            AssetsFile = Absolute("AssetsFile"),
            IsRestoring = Is("IsRestoring"),
            IsDesignTime = Is("DesignTimeBuild"),
            IsForced = Is("RestoreForce") || Is("RestoreForceEvaluate"),
            IsEvaluatedAnew = Is("RestoreForceEvaluate"),
            IsSdk = Is("IsSdk"),
            HasCentralVersions = Is("ManagePackageVersionsCentrally"),
            PinsTransitive = Is("CentralPackageTransitivePinningEnabled"),
        };

        // NuGet's own properties: whatever is not true is not.
        bool Is(string property) => properties[property].Equals("true", StringComparison.OrdinalIgnoreCase);

        string Absolute(string property) => properties[property] is { Length: > 0 } path ? Path.GetFullPath(path, properties["ProjectFolder"]) : "";
    }

    // The environment's credentials are for the registry that images go to, also when libraries are read from there.
    private static RegistryHost? OutputRegistry(string registry) =>
        registry.Length == 0 || registry.StartsWith("oci:", StringComparison.Ordinal) ? null : RegistryHost.Parse(registry);
}
