using System.Collections.Immutable;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>What a range got.</summary>
public sealed record ResolvedLibrary(LibraryRequest Request, FetchedLibrary Library);

/// <summary>What all ranges got that were met, direct and transitive, by id and range.</summary>
public sealed record LibraryResolution(ImmutableArray<ResolvedLibrary> Libraries)
{
    private readonly Dictionary<LibraryRequest, NuGetVersion> _versions = Libraries.ToDictionary(l => l.Request, l => l.Library.Version);

    /// <summary>Packages that libraries depend on and that no source covers: they come from package feeds.</summary>
    public ImmutableArray<PackageId> Others { get; init; } = [];

    /// <summary>The version that a range got.</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    public NuGetVersion VersionOf(LibraryRequest request) => _versions[request];
}
