using System.Collections.Concurrent;
using System.Collections.Immutable;
using NuGet.Versioning;

namespace Container.Sdk.Libraries.Tests;

/// <summary>A feed in memory that remembers what it was asked.</summary>
internal sealed class MemoryFeed(LibrarySources sources) : ILibraryFeed
{
    private readonly Dictionary<PackageId, SortedDictionary<NuGetVersion, StoredLibrary>> _libraries = [];

    public ConcurrentQueue<string> Lists { get; } = [];

    public ConcurrentQueue<string> Fetches { get; } = [];

    /// <summary>Runs before each fetch.</summary>
    public Func<Task> BeforeFetch { get; init; } = () => Task.CompletedTask;

    /// <param name="library"><c>Acme.A 1.0.0</c></param>
    /// <param name="dependencies"><c>Acme.B [1.0.0, 2.0.0)</c></param>
    public MemoryFeed Has(string library, params string[] dependencies)
    {
        var (id, version) = (PackageId.Parse(library.Split(' ')[0]), NuGetVersion.Parse(library.Split(' ')[1]));
        if (!_libraries.TryGetValue(id, out var versions)) _libraries[id] = versions = [];
        var image = new ResolvedVersion(version, sources.Find(id)!, Digest.Of(System.Text.Encoding.UTF8.GetBytes(library)));
        versions[version] = new(id, image, "net10.0", $"hash of {library}", Layer: null, DiffId: null, [.. dependencies.Select(Ask.For)]);
        return this;
    }

    public async Task<IReadOnlyList<NuGetVersion>> ListAsync(PackageId id, CancellationToken cancellation)
    {
        await Task.Yield();
        Lists.Enqueue(id.Lower);
        // A registry's order of tags is its own.
        return _libraries.TryGetValue(id, out var versions) ? [.. versions.Keys.OrderBy(v => v.Patch).ThenByDescending(v => v)] : [];
    }

    public async Task<StoredLibrary?> FetchAsync(PackageId id, NuGetVersion version, CancellationToken cancellation)
    {
        Fetches.Enqueue($"{id} {version}");
        await BeforeFetch();
        return _libraries.TryGetValue(id, out var versions) ? versions.GetValueOrDefault(version) : null;
    }
}

/// <summary>Requests as one line.</summary>
internal static class Ask
{
    public static LibraryRequest For(string text)
    {
        var parts = text.Split(' ', 2);
        return new(PackageId.Parse(parts[0]), parts.Length == 1 ? VersionRange.All : VersionRange.Parse(parts[1]));
    }
}
