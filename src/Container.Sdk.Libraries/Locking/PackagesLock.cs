using System.Text.Json;
using System.Text.Json.Nodes;
using Container.Sdk.Oci;
using NuGet.Versioning;

namespace Container.Sdk.Libraries;

/// <summary>The versions of NuGet's own lock file, <c>packages.lock.json</c>.</summary>
public sealed class PackagesLock
{
    private readonly Dictionary<string, List<NuGetVersion>> _versions = new(StringComparer.OrdinalIgnoreCase);

    private PackagesLock() { }

    /// <summary>A file that locks nothing.</summary>
    public static PackagesLock Empty { get; } = new();

    /// <summary>Reads a file. One that is not there, or cannot be read, locks nothing: NuGet reads it too, and says what is wrong with it.</summary>
    /// <param name="path">The file; empty: none.</param>
    public static PackagesLock Read(string path)
    {
        try
        {
            return path.Length > 0 && File.Exists(path) ? Parse(File.ReadAllBytes(path)) : Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Empty;
        }
    }

    /// <summary>The version of its package that a range takes, the first of those of all frameworks; <c>null</c> where there is none.</summary>
    public NuGetVersion? VersionOf(LibraryRequest request) => _versions.GetValueOrDefault(request.Id.Lower)?.FirstOrDefault(request.Range.Satisfies);

    // {"dependencies": {"net10.0": {"Acme.Pricing": {"type": "Direct", "resolved": "1.4.0", …}}}}
    private static PackagesLock Parse(byte[] utf8)
    {
        var file = new PackagesLock();
        try
        {
            foreach (var (_, framework) in Json.ParseObject(utf8).GetObject("dependencies") ?? [])
                foreach (var (id, package) in framework as JsonObject ?? [])
                    if (NuGetVersion.TryParse((package as JsonObject)?.GetString("resolved"), out var version)) file.Add(id, version);
        }
        catch (JsonException)
        {
            // What was read before stands.
        }
        return file;
    }

    private void Add(string id, NuGetVersion version)
    {
        if (!_versions.TryGetValue(id, out var known)) _versions[id] = known = [];
        known.Add(version);
    }
}
