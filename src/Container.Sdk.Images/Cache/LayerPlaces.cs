using System.Text;
using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>
/// Remembers in which repository of a registry a blob lies, so that another repository there mounts it instead of
/// being sent it. A hint: where the blob has gone, the mount is refused and the blob is sent.
/// </summary>
public sealed class LayerPlaces
{
    private const int Most = 10_000;

    private readonly string _file;
    private readonly Dictionary<string, RepositoryName> _places = new(StringComparer.Ordinal);

    /// <summary>Reads what is known of a registry. Whatever cannot be read is not known.</summary>
    /// <param name="cacheFolder">The shared cache.</param>
    /// <param name="registry">The registry.</param>
    public LayerPlaces(string cacheFolder, RegistryHost registry)
    {
        _file = Path.Combine(cacheFolder, "places", Digest.Of(Encoding.UTF8.GetBytes(registry.Value)).Hex);
        Load();
    }

    /// <summary>A repository that has the blob, or <c>null</c>.</summary>
    public RepositoryName? Find(Digest blob) => _places.GetValueOrDefault(blob.ToString());

    /// <summary>Remembers that <paramref name="repository"/> has these blobs now.</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="sent">Those that had to be sent: wherever they were believed to be, they are not.</param>
    public void Remember(IEnumerable<Digest> blobs, RepositoryName repository, IReadOnlySet<Digest>? sent = null)
    {
        var learned = blobs.Where(b => !_places.ContainsKey(b.ToString()) || sent?.Contains(b) == true).Select(b => b.ToString()).ToList();
        if (learned.Count == 0) return;
        Load();
        foreach (var blob in learned) _places[blob] = repository;
        try
        {
            var text = string.Concat(_places.TakeLast(Most).Select(p => $"{p.Key} {p.Value}\n"));
            AtomicFile.Write(_file, Encoding.UTF8.GetBytes(text), durable: false);
        }
        catch (ContainerException)
        {
            // A cache that cannot be written is reported where it is opened.
        }
    }

    private void Load()
    {
        try
        {
            foreach (var line in File.ReadLines(_file))
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                if (space > 0 && Digest.TryParse(line[..space], out var digest) && RepositoryName.TryParse(line[(space + 1)..], out var repository))
                    _places[digest.ToString()] = repository;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing is known yet.
        }
    }
}

/// <summary>A blob of which it is known that some repository of a registry has it; this counts more than what was known before.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Registry">The registry.</param>
/// <param name="Repository">The repository that has it.</param>
public sealed record PlacedBlob(IBlob Blob, RegistryHost Registry, RepositoryName Repository) : IBlob
{
    /// <inheritdoc/>
    public RepositoryName? PlaceIn(RegistryHost registry) => registry == Registry ? Repository : Blob.PlaceIn(registry);

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(CancellationToken cancellation) => Blob.OpenAsync(cancellation);
}
