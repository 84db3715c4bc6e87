using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// Finds every library that a restore may need. For each range that is met, direct or in a fetched library, that is the best
/// match of this very range: of these, and of no others, NuGet chooses in the end, whatever diamonds there are. What cannot be
/// chosen, since the project itself refers to the package, may be missing, and is then not in the result.
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
        var met = new MetRequests(requests.Where(r => sources.Covers(r.Id.Value)));
        var graph = new LibraryGraph();
        for (var wave = met.TakeNew(); wave.Count > 0; wave = met.TakeNew())
        {
            // Places first, one after the other: which of two packages is blamed must not depend on who answers first.
            var places = wave.ConvertAll(r => repositories.Of(r.Id));
            var answers = await Task.WhenAll(wave.Select((r, i) => AnswerAsync(r, places[i]))).ConfigureAwait(false);
            foreach (var (request, answer) in wave.Zip(answers)) met.Add(request, answer, DependenciesOf(answer.Library));
            foreach (var (user, used) in met.TakeNewEdges()) graph.Add(user, used);
        }
        met.ThrowIfNeededOneIsMissing();
        return new LibraryResolution([.. met.Found.OrderBy(f => f.Request, LibraryRequest.Order).Select(f => new ResolvedLibrary(f.Request, f.Library.Resolved, f.Library.PackageHash, met.IsDirect(f.Request)))])
        {
            Others = [.. met.Found.SelectMany(f => f.Library.Dependencies).Select(d => d.Id).Where(id => !sources.Covers(id.Value)).Distinct().OrderBy(id => id.Lower, StringComparer.Ordinal)],
        };

        async Task<Answer> AnswerAsync(LibraryRequest request, ImageRepository repository)
        {
            try
            {
                return new(await choice.ChooseAsync(request, repository, cancellation).ConfigureAwait(false), null);
            }
            catch (ContainerException e) when (e.Diagnostic.Equals(Diagnostics.LibraryNotFound) || e.Diagnostic.Equals(Diagnostics.NoVersionInRange))
            {
                return new(null, e);
            }
        }
    }

    private IEnumerable<LibraryRequest> DependenciesOf(StoredLibrary? library) =>
        library is null ? [] : library.Dependencies.Where(d => sources.Covers(d.Id.Value));
}

/// <summary>The repositories of the packages that were met: no two packages share one, or one would be taken for the other.</summary>
internal sealed class RepositoryOwners(LibrarySources sources)
{
    private readonly Dictionary<ImageRepository, PackageId> _owners = [];

    /// <summary>The repository of a package that a source covers.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.InvalidLibrarySource"/>: another package has it.</exception>
    public ImageRepository Of(PackageId id)
    {
        var place = sources.Find(id)!;
        return _owners.TryAdd(place, id) || _owners[place].Equals(id)
            ? place
            : throw Diagnostics.InvalidLibrarySource.Error(id.Value, $"{place} is the repository of {_owners[place]} too, and two packages cannot share one");
    }
}
