using System.Globalization;
using System.Runtime.ExceptionServices;
using Container.Sdk.Oci;

namespace Container.Sdk.Registry;

/// <summary>Brings the blobs of an image into a repository: several at a time, the largest first, each one once.</summary>
internal sealed class BlobDelivery(RegistryRepository repository, Image image)
{
    /// <summary>Brings what is missing.</summary>
    /// <param name="isThere">Whether a blob is known to be there, so that nobody needs to ask.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What happened to each blob.</returns>
    public async Task<IReadOnlyDictionary<Digest, Transfer>> RunAsync(Func<Digest, bool> isThere, CancellationToken cancellation)
    {
        var blobs = Blobs();
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var tasks = new Task<Transfer>[blobs.Count];
        for (var i = 0; i < tasks.Length; i++)
        {
            var (blob, content, what) = blobs[i];
            tasks[i] = isThere(blob.Digest) || content.PlaceIn(repository.Client.Host) == repository.Name
                ? Task.FromResult(Transfer.Reused)
                : BringAsync(blob, content, what, failure);
        }
        await AllAsync(tasks, cancellation).ConfigureAwait(false);
        var transfers = new Dictionary<Digest, Transfer>();
        for (var i = 0; i < tasks.Length; i++) transfers[blobs[i].Descriptor.Digest] = await tasks[i].ConfigureAwait(false);
        return transfers;
    }

    /// <summary>Asks for each blob, and sends those that are not there.</summary>
    public Task<IReadOnlyDictionary<Digest, Transfer>> RepairAsync(CancellationToken cancellation)
    {
        var unplaced = image with { Layers = [.. image.Layers.Select(l => l with { Content = new Unplaced(l.Content) })] };
        return new BlobDelivery(repository, unplaced).RunAsync(_ => false, cancellation);
    }

    private List<(Descriptor Descriptor, IBlob Content, string What)> Blobs()
    {
        var seen = new HashSet<Digest>();
        var blobs = new List<(Descriptor Descriptor, IBlob Content, string What)>();
        foreach (var layer in image.Layers)
            if (seen.Add(layer.Descriptor.Digest)) blobs.Add((layer.Descriptor, layer.Content, $"layer {layer.Descriptor.Digest.Abbreviated}"));
        if (seen.Add(image.Manifest.Config.Digest)) blobs.Add((image.Manifest.Config, new BytesBlob(image.ConfigurationBytes), "the configuration"));
        // The largest decides how long it takes; it does not wait for the others.
        blobs.Sort((a, b) => b.Descriptor.Size.CompareTo(a.Descriptor.Size));
        return blobs;
    }

    private async Task<Transfer> BringAsync(Descriptor blob, IBlob content, string what, CancellationTokenSource failure)
    {
        var parallel = repository.Client.Uploads.Parallel;
        await parallel.WaitAsync(failure.Token).ConfigureAwait(false);
        try
        {
            if (await repository.HasBlobAsync(blob, failure.Token).ConfigureAwait(false)) return Transfer.Reused;
            var progress = new TransferProgress(what, blob.Size, repository.Caller.Reporter, repository.Client.Options.Clock);
            return await repository.MountOrUploadAsync(blob, content, progress.Add, failure.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // One blob that cannot be sent makes the others useless.
            await failure.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            parallel.Release();
        }
    }

    /// <summary>Waits until nothing is under way any more; then throws what was first, not what followed from it.</summary>
    private static async Task AllAsync(Task<Transfer>[] tasks, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch (Exception)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var task in tasks)
                if (task.Exception?.InnerException is { } cause and not OperationCanceledException) ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    /// <summary>Content of which nobody believes any more where it lies.</summary>
    private sealed class Unplaced(IBlob inner) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) => inner.OpenAsync(cancellation);
    }

    private sealed class BytesBlob(byte[] bytes) : IBlob
    {
        public RepositoryName? PlaceIn(RegistryHost registry) => null;

        public Task<Stream> OpenAsync(CancellationToken cancellation) => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false));
    }
}

/// <summary>Tells how far a long transfer is: a line now and then, and none for a short one.</summary>
internal sealed class TransferProgress(string what, long size, IReporter reporter, TimeProvider clock)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly long _start = clock.GetTimestamp();
    private long _done;
    private int _lines;

    /// <summary>So many bytes more were sent; or fewer, where they were sent in vain. Not called by two threads at once.</summary>
    public void Add(long bytes)
    {
        _done += bytes;
        if (bytes <= 0 || clock.GetElapsedTime(_start) < Silence * (_lines + 1)) return;
        _lines = (int)(clock.GetElapsedTime(_start) / Silence);
        reporter.Progress(string.Create(CultureInfo.InvariantCulture, $"sending {what}: {_done / 1e6:0.0} of {size / 1e6:0.0} MB ({100 * _done / Math.Max(size, 1)} %)"));
    }
}
