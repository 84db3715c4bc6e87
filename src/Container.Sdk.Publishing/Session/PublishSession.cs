using System.Collections.Concurrent;
using Container.Sdk.Oci;
using Container.Sdk.Registry;
using Container.Sdk.Transports;

namespace Container.Sdk.Publishing;

/// <summary>
/// What all projects of one build share: connections and tokens, base images that were resolved (once for all projects, so that a
/// tag that moves meanwhile does not split a build), what was published already, and the slots for packing. What was refused to one
/// access is asked again for another. Safe to use from several threads.
/// </summary>
public sealed class PublishSession : IDisposable
{
    private readonly ConcurrentDictionary<(RegistryHost, RegistryHost?, string), RegistryClient> _clients = new();
    private readonly ConcurrentDictionary<BaseKey, Image?> _bases = new();
    private readonly ConcurrentDictionary<PlaceKey, IImageDestination?> _destinations = new();
    private readonly ConcurrentDictionary<object, Lazy<Task>> _done = new();
    private readonly ConcurrentDictionary<object, bool> _refused = new();
    private readonly ConcurrentBag<IDisposable> _owned = [];
    private readonly SemaphoreSlim _few = new(8, 8);
    private readonly CancellationTokenSource _ended = new();

    /// <summary>The slots for packing.</summary>
    public PackingBudget Budget { get; } = new();

    /// <summary>The kinds of places, as seen with an access.</summary>
    public TransportTable Transports(Access access) => new(
        new RegistryTransport(host => _clients.GetOrAdd((host, access.OutputRegistry, access.TrustedTokenHosts), _ => new RegistryClient(host, access.RegistryOptions))),
        new LayoutTransport(), new ArchiveTransport(), new EngineTransport(access.EngineOptions));

    /// <summary>Resolves a base image, once in a build; <c>null</c> for <c>scratch</c>.</summary>
    /// <param name="reference">The image.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="access">As whom it is asked for.</param>
    /// <param name="reporter">Told what happens.</param>
    /// <exception cref="ContainerException">It is not there, is damaged, has no such platform, or its place does not answer.</exception>
    public async Task<Image?> ResolveAsync(ImageReference reference, Platform platform, Access access, IReporter reporter)
    {
        var key = new BaseKey(reference, platform, reference is DaemonReference ? (access.Engine, access.EngineContext) : null);
        if (_bases.TryGetValue(key, out var known)) return known;
        return await OnceAsync((key, access), async cancellation =>
        {
            var source = Transports(access).Source(reference, reporter);
            if (source is IDisposable owned) _owned.Add(owned);
            var image = source is null ? null : await source.ResolveAsync(platform, cancellation).ConfigureAwait(false);
            // Whoever was first decides for all: two accesses may have asked at once.
            return _bases.GetOrAdd(key, image);
        }).ConfigureAwait(false);
    }

    /// <summary>The destination for a target; the same object in each step, so that it asks nothing twice.</summary>
    /// <returns><c>null</c> where the image goes nowhere.</returns>
    public IImageDestination? Destination(ImageTarget target, ImageFormat? format, Access access) =>
        _destinations.GetOrAdd(PlaceKey.Of(target, format, access), _ => Transports(access).Destination(target, format));

    /// <summary>Prepares the destination for a target, once in a build.</summary>
    /// <returns>The image that its first tag has now, or <c>null</c>.</returns>
    /// <exception cref="ContainerException">Nothing can be delivered there.</exception>
    public Task<Image?> PrepareAsync(ImageTarget target, ImageFormat? format, Access access, IReporter reporter) => OnceAsync(
        PlaceKey.Of(target, format, access),
        cancellation => Destination(target, format, access)?.PrepareAsync(reporter, cancellation) ?? Task.FromResult<Image?>(null));

    /// <summary>Does something once in a build, whoever asks for it. That it failed is an answer, too.</summary>
    /// <param name="key">What is done, and as whom: a value of a type of its own.</param>
    /// <param name="work">Does it; it is stopped when the build ends.</param>
    public Task<T> OnceAsync<T>(object key, Func<CancellationToken, Task<T>> work) => (Task<T>)_done.GetOrAdd(key, _ => new(() => work(_ended.Token))).Value;

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

    /// <summary>Whether something was refused in this build.</summary>
    /// <param name="key">What, and to whom.</param>
    public bool IsRefused(object key) => _refused.ContainsKey(key);

    /// <summary>Remembers that something was refused.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Refuse(object key) => _refused.TryAdd(key, true);

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

    private sealed record BaseKey(ImageReference Reference, Platform Platform, (string Engine, string Context)? Engine);

    private sealed record PlaceKey(Type Kind, string Written, ImageFormat? Format, Access Access)
    {
        public static PlaceKey Of(ImageTarget target, ImageFormat? format, Access access) => new(target.GetType(), string.Join('\n', target.Written), format, access);
    }
}
