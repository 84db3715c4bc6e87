using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// Finds every library that a restore may need. For each range that is met, direct or in a fetched library, that is the best
/// match of this very range: of these, and of no others, NuGet chooses in the end, whatever diamonds there are.
/// </summary>
/// <param name="sources">Only what these cover is looked for; all else comes from package feeds.</param>
/// <param name="feed">Gives the versions and the libraries.</param>
/// <param name="pinned">The version that a lock file gives to a range, or <c>null</c>.</param>
public sealed class LibraryResolver(LibrarySources sources, ILibraryFeed feed, Func<LibraryRequest, NuGetVersion?> pinned)
{
    /// <summary>Resolves requests and all that follows from them, level by level.</summary>
    /// <exception cref="ContainerException">
    /// <see cref="Diagnostics.LibraryNotFound"/>, <see cref="Diagnostics.NoVersionInRange"/>, <see cref="Diagnostics.LibraryCycle"/>,
    /// or <see cref="Diagnostics.InvalidLibrarySource"/> where two packages would share a repository
    /// </exception>
    public async Task<LibraryResolution> ResolveAsync(IReadOnlyList<LibraryRequest> requests, CancellationToken cancellation)
    {
        var choice = new VersionChoice(new RememberingFeed(feed), pinned);
        var repositories = new RepositoryOwners(sources);
        var found = new Dictionary<LibraryRequest, FetchedLibrary>();
        var edges = new List<(FetchedLibrary User, LibraryRequest Request)>();
        var graph = new LibraryGraph();
        var wave = Unknown(requests);
        while (wave.Count > 0)
        {
            // Places first, one after the other: which of two packages is blamed must not depend on who answers first.
            var places = wave.ConvertAll(r => repositories.Of(r.Id));
            var libraries = await Task.WhenAll(wave.Select((r, i) => choice.ChooseAsync(r, places[i], cancellation))).ConfigureAwait(false);
            foreach (var (request, library) in wave.Zip(libraries)) found.Add(request, library);
            foreach (var (user, request) in edges) graph.Add(user, found[request]);
            edges = [.. libraries.DistinctBy(l => (l.Id, l.Version)).SelectMany(l => l.Dependencies, (l, d) => (User: l, Request: new LibraryRequest(d.Key, d.Value)))
                .Where(e => sources.Covers(e.Request.Id.Value))];
            wave = Unknown(edges.Select(e => e.Request));
        }
        foreach (var (user, request) in edges) graph.Add(user, found[request]);
        return new LibraryResolution([.. found.OrderBy(f => f.Key, LibraryRequest.Order).Select(f => new ResolvedLibrary(f.Key, f.Value))]);

        List<LibraryRequest> Unknown(IEnumerable<LibraryRequest> met) =>
            [.. met.Where(r => sources.Covers(r.Id.Value) && !found.ContainsKey(r)).Distinct().Order(LibraryRequest.Order)];
    }
}
