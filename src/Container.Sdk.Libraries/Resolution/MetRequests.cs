namespace Container.Sdk.Libraries;

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
