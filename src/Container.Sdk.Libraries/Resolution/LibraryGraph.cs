using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>
/// Which library needs which, as far as that is known, and a watch for circles. What counts is a way from one version of a
/// library to any version of it: two versions that turned a dependency round are no circle as long as no way leads through both.
/// </summary>
internal sealed class LibraryGraph
{
    private readonly Dictionary<(PackageId Id, NuGetVersion Version), Node> _nodes = [];

    /// <summary>Adds a dependency.</summary>
    /// <exception cref="ContainerException"><see cref="Diagnostics.LibraryCycle"/></exception>
    public void Add(StoredLibrary user, StoredLibrary used)
    {
        var (from, to) = (NodeOf(user), NodeOf(used));
        from.Uses.Add(to);
        to.UsedBy.Add(from);
        var changed = new Stack<(Node User, Node Used)>([(from, to)]);
        while (changed.TryPop(out var edge))
        {
            var before = edge.Used.Above.Count;
            edge.Used.Above.UnionWith(edge.User.Above);
            edge.Used.Above.Add(edge.User.Library.Id);
            if (edge.Used.Above.Contains(edge.Used.Library.Id)) throw Diagnostics.LibraryCycle.Error(WayTo(edge.Used));
            if (edge.Used.Above.Count == before) continue;
            foreach (var next in edge.Used.Uses) changed.Push((edge.Used, next));
        }
    }

    private Node NodeOf(StoredLibrary library) =>
        _nodes.TryGetValue((library.Id, library.Version), out var node) ? node : _nodes[(library.Id, library.Version)] = new Node(library);

    // The shortest way up from a library to one of its own id, written from the top down.
    private static string WayTo(Node last)
    {
        var next = new Dictionary<Node, Node>();
        var queue = new Queue<Node>([last]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var user in node.UsedBy.OrderBy(u => u.Library.Id.Lower, StringComparer.Ordinal).ThenBy(u => u.Library.Version))
            {
                if (user != last && !next.TryAdd(user, node)) continue;
                if (user.Library.Id.Equals(last.Library.Id)) return string.Join(" → ", Way(user, node));
                queue.Enqueue(user);
            }
        }
        throw new InvalidOperationException("no way leads back");

        IEnumerable<StoredLibrary> Way(Node first, Node second)
        {
            yield return first.Library;
            for (var node = second; ; node = next[node])
            {
                yield return node.Library;
                if (node == last) yield break;
            }
        }
    }

    private sealed class Node(StoredLibrary library)
    {
        public StoredLibrary Library { get; } = library;

        /// <summary>The ids of all that need it, directly or not.</summary>
        public HashSet<PackageId> Above { get; } = [];

        public HashSet<Node> Uses { get; } = [];

        public HashSet<Node> UsedBy { get; } = [];
    }
}

/// <summary>What a request got: a library, or the reason why there is none.</summary>
internal sealed record Answer(StoredLibrary? Library, ContainerException? Failure);

/// <summary>All requests that were met while libraries are resolved, with their answers and what follows from these.</summary>
internal sealed class MetRequests(IEnumerable<LibraryRequest> direct)
{
    private readonly HashSet<LibraryRequest> _direct = [.. direct];
    private readonly Dictionary<LibraryRequest, (Answer Answer, List<LibraryRequest> Next)> _answered = [];
    private List<(StoredLibrary User, LibraryRequest Used)> _edges = [];

    /// <summary>What was answered with a library.</summary>
    public IEnumerable<(LibraryRequest Request, StoredLibrary Library)> Found => _answered.Where(a => a.Value.Answer.Library is not null).Select(a => (a.Key, a.Value.Answer.Library!));

    /// <summary>Whether the project itself asked.</summary>
    public bool IsDirect(LibraryRequest request) => _direct.Contains(request);

    /// <summary>The requests that have no answer yet, each once, in their order.</summary>
    public List<LibraryRequest> TakeNew() =>
        [.. _direct.Concat(_edges.Select(e => e.Used)).Where(r => !_answered.ContainsKey(r)).Distinct().Order(LibraryRequest.Order)];

    /// <summary>Takes an answer, and what its library depends on.</summary>
    public void Add(LibraryRequest request, Answer answer, IEnumerable<LibraryRequest> next)
    {
        var list = next.ToList();
        _answered.Add(request, (answer, list));
        _edges.AddRange(list.Select(used => (answer.Library!, used)));
    }

    /// <summary>The dependencies whose both ends are known now and were not before.</summary>
    public IEnumerable<(StoredLibrary User, StoredLibrary Used)> TakeNewEdges()
    {
        var ready = _edges.Where(e => _answered.ContainsKey(e.Used)).ToList();
        _edges = [.. _edges.Where(e => !_answered.ContainsKey(e.Used))];
        return ready.Where(e => _answered[e.Used].Answer.Library is not null).Select(e => (e.User, _answered[e.Used].Answer.Library!));
    }

    /// <summary>
    /// Fails where something has no version and NuGet may need it. Not needed is what a library asks of a package that the project
    /// itself refers to, and all that follows from that only: the project's own reference wins, whatever its version.
    /// </summary>
    public void ThrowIfNeededOneIsMissing()
    {
        var owned = _direct.Select(r => r.Id).ToHashSet();
        var needed = new HashSet<LibraryRequest>(_direct);
        var open = new Queue<(LibraryRequest Request, StoredLibrary? User)>(_direct.Order(LibraryRequest.Order).Select(r => (r, (StoredLibrary?)null)));
        while (open.TryDequeue(out var need))
        {
            var (answer, next) = _answered[need.Request];
            // The project does not name what its libraries ask for; so the message does.
            if (answer.Failure is { } failure) throw need.User is null ? failure : new ContainerException(failure.Diagnostic, $"{failure.Message} {need.User} depends on it.", failure);
            foreach (var used in next.Where(n => !owned.Contains(n.Id)).Order(LibraryRequest.Order))
                if (needed.Add(used)) open.Enqueue((used, answer.Library));
        }
    }
}
