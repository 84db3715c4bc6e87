using Container.Sdk.Oci;

namespace Container.Sdk.Images;

/// <summary>Keeps a cache folder within its size. Another process may do the same at the same time.</summary>
public static class CacheTrimming
{
    // What a process works with is never older than this; so nothing is taken from under it.
    private static readonly TimeSpan InUse = TimeSpan.FromHours(1);

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(24);

    /// <summary>Deletes the least recently used blobs beyond <paramref name="maxBytes"/>, and what killed processes left.</summary>
    public static void Trim(string root, long maxBytes, DateTime now)
    {
        try
        {
            var blobs = new DirectoryInfo(Path.Combine(root, "blobs", "sha256")).EnumerateFiles().ToList();
            var records = new DirectoryInfo(Path.Combine(root, "layers")) is { Exists: true } layers ? layers.EnumerateFiles().ToList() : [];
            foreach (var left in blobs.Concat(records).Where(b => AtomicFile.IsPartial(b.Name) && now - b.LastWriteTimeUtc > Abandoned)) AtomicFile.TryDelete(left.FullName);
            var whole = blobs.Where(b => !AtomicFile.IsPartial(b.Name)).OrderBy(b => b.LastWriteTimeUtc).ToList();
            var total = whole.Sum(b => b.Length);
            if (total <= maxBytes) return;
            foreach (var blob in whole.Where(b => now - b.LastWriteTimeUtc > InUse))
            {
                if (total <= maxBytes) break;
                AtomicFile.TryDelete(blob.FullName);
                total -= blob.Length;
            }
            // A record whose blob is gone is a miss; it goes when it is old.
            foreach (var record in records.Where(r => now - r.LastWriteTimeUtc > TimeSpan.FromDays(90)))
                AtomicFile.TryDelete(record.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else tidies up at this moment, or may do it next time.
        }
    }
}
