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
