using System.Collections.Concurrent;
using Container.Sdk.Engines;
using Container.Sdk.Oci;
using Container.Sdk.Registry;
using Microsoft.Build.Framework;

namespace Container.Sdk.Tasks;

/// <summary>
/// What the tasks of one build share: connections and tokens, base images that were resolved (once for all projects, so
/// that a tag that moves meanwhile does not split a build), and the slots for packing.
/// </summary>
internal sealed class BuildSession : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Image?>>> _bases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Image?>>> _prepared = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IImageDestination> _destinations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(RegistryHost Host, RegistryHost? Output, string Trusted), RegistryClient> _clients = new();
    private readonly AsyncLocal<RegistryOptions> _options = new();
    private readonly AsyncLocal<string> _engineContext = new();
    private readonly ConcurrentBag<IDisposable> _owned = [];
    private readonly SemaphoreSlim _few = new(8, 8);
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Tells the task that works at the moment.</summary>
    public RelayReporter Reporter { get; } = new();

    /// <summary>The slots for packing.</summary>
    public PackingBudget Budget { get; } = new();

    /// <summary>The session of this build.</summary>
    public static BuildSession Of(IBuildEngine engine)
    {
        var objects = (IBuildEngine4)engine;
        var key = typeof(BuildSession).FullName!;
        if (objects.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is BuildSession session) return session;
        session = new BuildSession();
        objects.RegisterTaskObject(key, session, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        return session;
    }

    /// <summary>Resolves a base image, once in a build; <c>null</c> for <c>scratch</c>.</summary>
    public Task<Image?> ResolveBaseAsync(ImageReference reference, Platform platform, string engine) =>
        _bases.GetOrAdd($"{reference} {platform} {(reference is DaemonReference ? $"{engine} {_engineContext.Value}" : "")}", _ => new(() => ResolveAsync(reference, platform, engine, _ended.Token))).Value;

    /// <summary>Prepares the destination for a target, once in a build.</summary>
    public Task<Image?> PrepareAsync(ImageTarget target, ImageFormat? format) =>
        _prepared.GetOrAdd($"{Key(target)} {format}", _ => new(() => Destination(target, format)?.PrepareAsync(_ended.Token) ?? Task.FromResult<Image?>(null))).Value;

    /// <summary>The destination for a target; the same object in each task, so that it asks the registry nothing twice.</summary>
    /// <returns><c>null</c> where the image goes nowhere.</returns>
    public IImageDestination? Destination(ImageTarget target, ImageFormat? format) =>
        target is NoTarget ? null : _destinations.GetOrAdd($"{Key(target)} {format}", _ => Create(target, format));

    /// <summary>A repository to look into.</summary>
    public IRepositoryReader Catalog(ImageRepository repository) => repository switch
    {
        HostRepository r => new RegistryRepositoryReader(Client(r.Host), r.Name),
        LayoutRepository r => new LayoutRepositoryReader(r),
        _ => throw new NotSupportedException(repository.GetType().Name),
    };

    /// <summary>Where the bytes of a library image's layer can be had. Nobody is asked before they are read.</summary>
    public IBlob LibraryBlob(ImageReference library, Descriptor layer) => Catalog(library.Location!).Blob(layer);

    /// <summary>Does something once in a build, whoever asks for it.</summary>
    public Task<T> OnceAsync<T>(string what, Func<CancellationToken, Task<T>> work) =>
        (Task<T>)_done.GetOrAdd(what, _ => new(() => work(_ended.Token))).Value;

    /// <summary>Whether something is known to be impossible in this build.</summary>
    public bool IsRefused(string what) => _refused.ContainsKey(what);

    /// <summary>Remembers that something is impossible.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Refuse(string what) => _refused.TryAdd(what, true);

    /// <summary>Does something of which many may be asked for at once, a few at a time.</summary>
    public async Task<T> BoundedAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _few.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _few.Release();
        }
    }

    private EngineOptions Engine(string preferred) => new() { Preferred = preferred, Context = _engineContext.Value };

    private string Key(ImageTarget target) =>
        $"{target.GetType().Name} {target.Display} {string.Join(',', target.Tags)} {(target as ArchiveTarget)?.Path} {(target is EngineTarget ? _engineContext.Value : "")}";

    private IImageDestination Create(ImageTarget target, ImageFormat? format) => target switch
    {
        RegistryTarget t => new RegistryImageDestination(Client(t.Host), t.Repository, t.Tags, Reporter),
        LayoutTarget t => new LayoutImageDestination(t.Folder, t.Repository, t.Tags, Reporter),
        ArchiveTarget t => new ArchiveImageDestination(ArchiveImageDestination.ResolvePath(t.Path, t.Repository), t.Repository, t.Tags, Reporter, format ?? ImageFormat.Oci),
        EngineTarget t => new EngineImageDestination(Engine(t.Engine), t.Repository, t.Tags, Reporter),
        _ => throw new NotSupportedException(target.GetType().Name),
    };

    private async Task<Image?> ResolveAsync(ImageReference reference, Platform platform, string engine, CancellationToken cancellation)
    {
        if (reference is ScratchReference) return null;
        IImageSource source = reference switch
        {
            RegistryReference r => new RegistryImageSource(Client(r.Host), r),
            LayoutReference r => new LayoutImageSource(r),
            ArchiveReference r => new ArchiveImageSource(r),
            DaemonReference r => new EngineImageSource(r, Engine(engine)),
            _ => throw new NotSupportedException(reference.GetType().Name),
        };
        if (source is IDisposable owned) _owned.Add(owned);
        return await source.ResolveAsync(platform, cancellation).ConfigureAwait(false);
    }

    /// <summary>From here on, in this flow of calls, clients are for a project with this output registry.</summary>
    public void Configure(RegistryHost? output, IReadOnlyList<string> trustedTokenHosts, string engineContext = "")
    {
        _options.Value = new RegistryOptions { Reporter = Reporter, OutputRegistry = output, TrustedTokenHosts = trustedTokenHosts };
        _engineContext.Value = engineContext;
    }

    private RegistryClient Client(RegistryHost host)
    {
        var options = _options.Value ?? new RegistryOptions { Reporter = Reporter };
        return _clients.GetOrAdd((host, options.OutputRegistry, string.Join(' ', options.TrustedTokenHosts)), _ => new RegistryClient(host, options));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();
        foreach (var client in _clients.Values) client.Dispose();
        foreach (var owned in _owned) owned.Dispose();
        Budget.Dispose();
        _few.Dispose();
        _ended.Dispose();
    }
}
